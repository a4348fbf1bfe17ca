package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.tfplugin6.ConfigureProvider;

/**
 * Takes the provider block. The version that the request names is not looked at: OpenTofu sends one
 * of Terraform's.
 */
final class ConfigureProviderRpc extends Rpc<ConfigureProvider.Request> {
    ConfigureProviderRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "ConfigureProvider";
    }

    @Override
    ConfigureProvider.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return ConfigureProvider.Request.parseFrom(request);
    }

    @Override
    ConfigureProvider.Response answer(ConfigureProvider.Request request, Call call) {
        session().beginRun();
        Provider provider = session().provider();
        provider.configure(Values.decodeBlock(provider.schema().type(), request.getConfig()), call);
        return failed(request, call);
    }

    @Override
    ConfigureProvider.Response failed(ConfigureProvider.Request request, Call call) {
        return ConfigureProvider.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
