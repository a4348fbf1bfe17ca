package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.EphemeralResource;
import dev.drover.provider.framework.PrivateState;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.provider.tfplugin6.OpenEphemeralResource;
import java.util.Map;

/** Makes something for one command. Its private state is what Close will get. */
final class OpenEphemeralResourceRpc extends Rpc<OpenEphemeralResource.Request> {
    OpenEphemeralResourceRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "OpenEphemeralResource";
    }

    @Override
    OpenEphemeralResource.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return OpenEphemeralResource.Request.parseFrom(request);
    }

    @Override
    OpenEphemeralResource.Response answer(OpenEphemeralResource.Request request, Call call) {
        EphemeralResource resource = session().ephemeral(request.getTypeName());
        Type.ObjectOf type = resource.schema().type();
        call.privateState(new PrivateState(Map.of()));
        Value opened = resource.open(Values.decodeBlock(type, request.getConfig()), call);
        if (opened.isNull() || call.diagnostics().hasErrors()) {
            return failed(request, call);
        }
        return OpenEphemeralResource.Response.newBuilder()
                .setResult(Values.encode(type, opened))
                .setPrivate(Values.encodePrivate(call.privateState()))
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }

    @Override
    OpenEphemeralResource.Response failed(OpenEphemeralResource.Request request, Call call) {
        return OpenEphemeralResource.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
