package dev.drover.provider.protocol;

import dev.drover.provider.framework.Call;
import dev.drover.provider.tfplugin6.GetProviderSchema;

/**
 * Gives all schemas: ready-made bytes where the provider has them, because this call is part of
 * every start.
 */
final class GetProviderSchemaRpc implements Method {
    private final Session session;

    GetProviderSchemaRpc(Session session) {
        this.session = session;
    }

    @Override
    public String name() {
        return "GetProviderSchema";
    }

    @Override
    public byte[] call(byte[] request) {
        try {
            return session.provider()
                    .encodedSchema()
                    .orElseGet(() -> SchemaMessages.encode(session.provider()));
        } catch (RuntimeException fault) {
            Call call = session.newCall();
            session.report(name(), fault, call);
            return GetProviderSchema.Response.newBuilder()
                    .addAllDiagnostics(Messages.diagnostics(call))
                    .build()
                    .toByteArray();
        }
    }
}
