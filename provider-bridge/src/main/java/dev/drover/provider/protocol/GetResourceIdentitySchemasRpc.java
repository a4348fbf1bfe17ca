package dev.drover.provider.protocol;

import dev.drover.provider.framework.Call;
import dev.drover.provider.tfplugin6.GetResourceIdentitySchemas;

/**
 * Gives all identity schemas; ready-made bytes where the provider has them, because this call is
 * part of every start of newer clients.
 */
final class GetResourceIdentitySchemasRpc implements Method {
    private final Session session;

    GetResourceIdentitySchemasRpc(Session session) {
        this.session = session;
    }

    @Override
    public String name() {
        return "GetResourceIdentitySchemas";
    }

    @Override
    public byte[] call(byte[] request) {
        try {
            return session.provider()
                    .encodedIdentities()
                    .orElseGet(() -> Identities.encode(session.provider()));
        } catch (RuntimeException fault) {
            Call call = session.newCall();
            session.report(name(), fault, call);
            return GetResourceIdentitySchemas.Response.newBuilder()
                    .addAllDiagnostics(Messages.diagnostics(call))
                    .build()
                    .toByteArray();
        }
    }
}
