package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.tfplugin6.ValidateDataResourceConfig;

/** Checks a data block. */
final class ValidateDataResourceConfigRpc extends Rpc<ValidateDataResourceConfig.Request> {
    ValidateDataResourceConfigRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "ValidateDataResourceConfig";
    }

    @Override
    ValidateDataResourceConfig.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return ValidateDataResourceConfig.Request.parseFrom(request);
    }

    @Override
    ValidateDataResourceConfig.Response answer(
            ValidateDataResourceConfig.Request request, Call call) {
        DataSource source = session().dataSource(request.getTypeName());
        source.validate(Values.decodeBlock(source.schema().type(), request.getConfig()), call);
        return failed(request, call);
    }

    @Override
    ValidateDataResourceConfig.Response failed(
            ValidateDataResourceConfig.Request request, Call call) {
        return ValidateDataResourceConfig.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
