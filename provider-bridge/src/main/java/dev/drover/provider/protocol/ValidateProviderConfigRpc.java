package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.tfplugin6.ValidateProviderConfig;

/** Checks the provider block. */
final class ValidateProviderConfigRpc extends Rpc<ValidateProviderConfig.Request> {
    ValidateProviderConfigRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "ValidateProviderConfig";
    }

    @Override
    ValidateProviderConfig.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return ValidateProviderConfig.Request.parseFrom(request);
    }

    @Override
    ValidateProviderConfig.Response answer(ValidateProviderConfig.Request request, Call call) {
        Provider provider = session().provider();
        provider.validate(Values.decodeBlock(provider.schema().type(), request.getConfig()), call);
        return failed(request, call);
    }

    @Override
    ValidateProviderConfig.Response failed(ValidateProviderConfig.Request request, Call call) {
        return ValidateProviderConfig.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
