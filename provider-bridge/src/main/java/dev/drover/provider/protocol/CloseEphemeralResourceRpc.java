package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.tfplugin6.CloseEphemeralResource;

/** Ends what was made for one command. */
final class CloseEphemeralResourceRpc extends Rpc<CloseEphemeralResource.Request> {
    CloseEphemeralResourceRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "CloseEphemeralResource";
    }

    @Override
    CloseEphemeralResource.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return CloseEphemeralResource.Request.parseFrom(request);
    }

    @Override
    CloseEphemeralResource.Response answer(CloseEphemeralResource.Request request, Call call) {
        call.privateState(Values.decodePrivate(request.getPrivate()));
        session().ephemeral(request.getTypeName()).close(call);
        return failed(request, call);
    }

    @Override
    CloseEphemeralResource.Response failed(CloseEphemeralResource.Request request, Call call) {
        return CloseEphemeralResource.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
