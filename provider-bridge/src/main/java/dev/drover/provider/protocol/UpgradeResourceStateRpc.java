package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.DiagnosticException;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import dev.drover.provider.tfplugin6.UpgradeResourceState;

/**
 * Brings stored state to the present schema; attributes that are gone are dropped, new ones start
 * as null.
 */
final class UpgradeResourceStateRpc extends Rpc<UpgradeResourceState.Request> {
    UpgradeResourceStateRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "UpgradeResourceState";
    }

    @Override
    UpgradeResourceState.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return UpgradeResourceState.Request.parseFrom(request);
    }

    @Override
    UpgradeResourceState.Response answer(UpgradeResourceState.Request request, Call call) {
        Resource resource = session().resource(request.getTypeName());
        Schema schema = resource.schema();
        String json = request.getRawState().getJson().toStringUtf8();
        if (json.isEmpty() || !(JsonParser.parse(json) instanceof Value.Entries stored)) {
            throw new DiagnosticException(
                    Diagnostic.error(
                            "State is too old",
                            "The state of this "
                                    + request.getTypeName()
                                    + " was written by a Terraform before 0.12, or is"
                                    + " damaged. Remove it from the state and import the object."));
        }
        Value.Entries current =
                request.getVersion() < schema.version()
                        ? resource.upgrade(request.getVersion(), stored, call)
                        : stored;
        Value upgraded = Json.fit(schema.type(), current, AttributePath.ROOT);
        if (upgraded instanceof Value.Entries state) {
            resource.stored(state);
        }
        return UpgradeResourceState.Response.newBuilder()
                .setUpgradedState(Values.encode(schema.type(), upgraded))
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }

    @Override
    UpgradeResourceState.Response failed(UpgradeResourceState.Request request, Call call) {
        return UpgradeResourceState.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
