package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.ListResource;
import dev.drover.provider.tfplugin6.ValidateListResourceConfig;

/** Checks the block of a list. */
final class ValidateListResourceConfigRpc extends Rpc<ValidateListResourceConfig.Request> {
    ValidateListResourceConfigRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "ValidateListResourceConfig";
    }

    @Override
    ValidateListResourceConfig.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return ValidateListResourceConfig.Request.parseFrom(request);
    }

    @Override
    ValidateListResourceConfig.Response answer(
            ValidateListResourceConfig.Request request, Call call) {
        ListResource list = session().list(request.getTypeName());
        list.validate(Values.decodeBlock(list.schema().type(), request.getConfig()), call);
        return failed(request, call);
    }

    @Override
    ValidateListResourceConfig.Response failed(
            ValidateListResourceConfig.Request request, Call call) {
        return ValidateListResourceConfig.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnosticsBelow("config", call))
                .build();
    }
}
