package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Applier;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.provider.tfplugin6.ApplyResourceChange;
import dev.drover.provider.tfplugin6.DynamicValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Creates, updates or deletes. Whatever happens, an object that exists must get into the state. */
final class ApplyResourceChangeRpc extends Rpc<ApplyResourceChange.Request> {
    ApplyResourceChangeRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "ApplyResourceChange";
    }

    @Override
    ApplyResourceChange.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return ApplyResourceChange.Request.parseFrom(request);
    }

    @Override
    ApplyResourceChange.Response answer(ApplyResourceChange.Request request, Call call) {
        Resource resource = session().resource(request.getTypeName());
        Type.ObjectOf type = resource.schema().type();
        call.privateState(Values.decodePrivate(request.getPlannedPrivate()));
        Value planned = Values.decode(type, request.getPlannedState());
        Value state =
                Applier.apply(
                        resource,
                        Values.decode(type, request.getConfig()),
                        Values.decode(type, request.getPriorState()),
                        planned,
                        call);
        return response(resource, state, planned, call);
    }

    /** After an exception: what the handler had noted as existing, if anything. */
    @Override
    ApplyResourceChange.Response failed(ApplyResourceChange.Request request, Call call) {
        if (call.kept().isNull()) {
            return ApplyResourceChange.Response.newBuilder()
                    .setPrivate(request.getPlannedPrivate())
                    .addAllDiagnostics(Messages.diagnostics(call))
                    .build();
        }
        Resource resource = session().resource(request.getTypeName());
        Value planned = Values.decode(resource.schema().type(), request.getPlannedState());
        return response(
                resource,
                Applier.settled(resource.schema(), call.kept(), planned, call),
                planned,
                call);
    }

    private ApplyResourceChange.Response response(
            Resource resource, Value state, Value planned, Call call) {
        ApplyResourceChange.Response.Builder response =
                ApplyResourceChange.Response.newBuilder()
                        .setPrivate(Values.encodePrivate(call.privateState()));
        // Null beside an error would say "gone"; left out, Terraform keeps the prior state.
        if (!state.isNull() || !call.diagnostics().hasErrors()) {
            response.setNewState(encode(resource.schema().type(), state, planned, call));
            Identities.of(resource, state).ifPresent(response::setNewIdentity);
        }
        return response.addAllDiagnostics(Messages.diagnostics(call)).build();
    }

    private DynamicValue encode(Type.ObjectOf type, Value state, Value planned, Call call) {
        try {
            return Values.encode(type, state);
        } catch (MismatchException mismatch) {
            // A state that Terraform cannot read would be thrown away, and the object with it.
            session().report(name(), mismatch, call);
            return Values.encode(type, repaired(type, (Value.Entries) state, planned));
        }
    }

    /** The state with planned values, or null, in place of attributes that do not conform. */
    private static Value repaired(Type.ObjectOf type, Value.Entries state, Value planned) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        type.attributes()
                .forEach((name, attribute) -> {
                    Value wanted =
                            planned instanceof Value.Entries plan ? plan.get(name) : Absent.NULL;
                    attributes.put(
                            name,
                            conforms(attribute, state.get(name))
                                    ? state.get(name)
                                    : wanted.isWhollyKnown() ? wanted : Absent.NULL);
                });
        return new Value.Entries(attributes);
    }

    private static boolean conforms(Type type, Value value) {
        try {
            Values.encode(type, value);
            return true;
        } catch (MismatchException mismatch) {
            return false;
        }
    }
}
