package dev.drover.gateway.baseline;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.auth.ServiceAccountTokens;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.Caller;
import dev.drover.v1.IssueServiceAccountTokenRequest;
import dev.drover.v1.ListServiceAccountTokensResponse;
import dev.drover.v1.ServiceAccount;
import dev.drover.v1.ServiceAccountProto;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** The methods of service accounts that are not standard: tokens, and who is calling. */
public final class TokenMethods {
    private final ServiceAccountTokens tokens;
    private final Lookup lookup;

    /** Methods on these tokens. */
    public TokenMethods(ServiceAccountTokens tokens, Lookup lookup) {
        this.tokens = tokens;
        this.lookup = lookup;
    }

    /** Puts them into the table of methods. */
    public void register(Methods methods) {
        methods.add(method("IssueServiceAccountToken"), this::issue);
        methods.add(method("RevokeServiceAccountToken"), this::revoke);
        methods.add(method("ListServiceAccountTokens"), (call, request) -> list(request));
        methods.add(method("GetCaller"), (call, request) -> caller(call.caller()));
    }

    private static MethodDescriptor method(String name) {
        return Objects.requireNonNull(
                ServiceAccountProto.getDescriptor()
                        .findServiceByName("ServiceAccountService")
                        .findMethodByName(name));
    }

    private Message issue(Call call, Message message) {
        IssueServiceAccountTokenRequest request = (IssueServiceAccountTokenRequest) message;
        lookup.get(ServiceAccount.class, request.getName());
        return tokens.issue(
                request.getName(),
                request.getDescription(),
                ttl(request),
                new ServiceAccountTokens.Actor(call.caller().account(), call.id()));
    }

    private static Optional<Duration> ttl(IssueServiceAccountTokenRequest request) {
        if (!request.hasTtl()) {
            return Optional.empty();
        }
        Duration ttl =
                Duration.ofSeconds(request.getTtl().getSeconds(), request.getTtl().getNanos());
        if (!ttl.isPositive()) {
            throw GatewayException.invalidField(
                    "ttl", ttl + " is not positive; leave it out for a token without an end");
        }
        return Optional.of(ttl);
    }

    private Message revoke(Call call, Message request) {
        tokens.revoke(
                Fields.text(request, "name"),
                new ServiceAccountTokens.Actor(call.caller().account(), call.id()));
        return Empty.getDefaultInstance();
    }

    private Message list(Message request) {
        String account = Fields.text(request, "parent");
        lookup.get(ServiceAccount.class, account);
        return ListServiceAccountTokensResponse.newBuilder()
                .addAllTokens(tokens.list(account))
                .build();
    }

    private static Message caller(Principal caller) {
        return Caller.newBuilder()
                .setAccount(caller.account())
                .addAllGroups(caller.groups().stream().sorted().toList())
                .setAccessLevel(caller.level())
                .build();
    }
}
