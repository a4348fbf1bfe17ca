package dev.drover.gateway.baseline;

import dev.drover.gateway.auth.ServiceAccountTokens;
import dev.drover.gateway.record.Write;
import dev.drover.v1.ServiceAccount;
import java.util.List;

/** What is special about service accounts: their tokens go with them. */
final class ServiceAccountHooks implements Hooks<ServiceAccount> {
    private final ServiceAccountTokens tokens;

    ServiceAccountHooks(ServiceAccountTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public List<Write> alongsideDeletion(ServiceAccount account, Lookup lookup) {
        return tokens.deletionOfAll(account.getName());
    }
}
