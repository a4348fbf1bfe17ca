package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Planner;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Type;
import dev.drover.provider.tfplugin6.PlanResourceChange;

/** Plans a change. */
final class PlanResourceChangeRpc extends Rpc<PlanResourceChange.Request> {
    PlanResourceChangeRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "PlanResourceChange";
    }

    @Override
    PlanResourceChange.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return PlanResourceChange.Request.parseFrom(request);
    }

    @Override
    PlanResourceChange.Response answer(PlanResourceChange.Request request, Call call) {
        Resource resource = session().resource(request.getTypeName());
        Type.ObjectOf type = resource.schema().type();
        call.privateState(Values.decodePrivate(request.getPriorPrivate()));
        Resource.Plan plan =
                Planner.plan(
                        resource,
                        Values.decode(type, request.getConfig()),
                        Values.decode(type, request.getPriorState()),
                        Values.decode(type, request.getProposedNewState()),
                        call);
        PlanResourceChange.Response.Builder response =
                PlanResourceChange.Response.newBuilder()
                        .setPlannedState(Values.encode(type, plan.planned()))
                        .setPlannedPrivate(Values.encodePrivate(call.privateState()))
                        .addAllDiagnostics(Messages.diagnostics(call));
        // On creation there is none yet: an unknown one would break the plan.
        if (request.hasPriorIdentity() && !plan.planned().isNull()) {
            response.setPlannedIdentity(request.getPriorIdentity());
        }
        for (AttributePath path : plan.requiresReplace()) {
            response.addRequiresReplace(Messages.path(path));
        }
        return response.build();
    }

    @Override
    PlanResourceChange.Response failed(PlanResourceChange.Request request, Call call) {
        return PlanResourceChange.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
