package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.EphemeralResource;
import dev.drover.provider.tfplugin6.ValidateEphemeralResourceConfig;

/** Checks an ephemeral block. */
final class ValidateEphemeralResourceConfigRpc
        extends Rpc<ValidateEphemeralResourceConfig.Request> {
    ValidateEphemeralResourceConfigRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "ValidateEphemeralResourceConfig";
    }

    @Override
    ValidateEphemeralResourceConfig.Request parse(byte[] request)
            throws InvalidProtocolBufferException {
        return ValidateEphemeralResourceConfig.Request.parseFrom(request);
    }

    @Override
    ValidateEphemeralResourceConfig.Response answer(
            ValidateEphemeralResourceConfig.Request request, Call call) {
        EphemeralResource resource = session().ephemeral(request.getTypeName());
        resource.validate(Values.decodeBlock(resource.schema().type(), request.getConfig()), call);
        return failed(request, call);
    }

    @Override
    ValidateEphemeralResourceConfig.Response failed(
            ValidateEphemeralResourceConfig.Request request, Call call) {
        return ValidateEphemeralResourceConfig.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
