package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.DiagnosticException;
import dev.drover.provider.framework.Identity;
import dev.drover.provider.tfplugin6.UpgradeResourceIdentity;

/** Brings a stored identity to the present schema: what is gone is dropped, what is new is null. */
final class UpgradeResourceIdentityRpc extends Rpc<UpgradeResourceIdentity.Request> {
    UpgradeResourceIdentityRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "UpgradeResourceIdentity";
    }

    @Override
    UpgradeResourceIdentity.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return UpgradeResourceIdentity.Request.parseFrom(request);
    }

    @Override
    UpgradeResourceIdentity.Response answer(UpgradeResourceIdentity.Request request, Call call) {
        Identity identity =
                session()
                        .resource(request.getTypeName())
                        .identity()
                        .orElseThrow(() ->
                                new DiagnosticException(
                                        Diagnostic.error(
                                                "No identity",
                                                request.getTypeName() + " has no identity.")));
        var stored = JsonParser.parse(request.getRawIdentity().getJson().toStringUtf8());
        return UpgradeResourceIdentity.Response.newBuilder()
                .setUpgradedIdentity(
                        Identities.message(
                                identity, Json.fit(identity.type(), stored, AttributePath.ROOT)))
                .build();
    }

    @Override
    UpgradeResourceIdentity.Response failed(UpgradeResourceIdentity.Request request, Call call) {
        return UpgradeResourceIdentity.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
