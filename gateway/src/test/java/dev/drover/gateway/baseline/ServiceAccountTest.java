package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.auth.RootToken;
import dev.drover.gateway.auth.TokenAuthenticator;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.Caller;
import dev.drover.v1.GetCallerRequest;
import dev.drover.v1.IssueServiceAccountTokenRequest;
import dev.drover.v1.IssueServiceAccountTokenResponse;
import dev.drover.v1.ListServiceAccountTokensRequest;
import dev.drover.v1.ListServiceAccountTokensResponse;
import dev.drover.v1.RevokeServiceAccountTokenRequest;
import dev.drover.v1.ServiceAccount;
import dev.drover.v1.ServiceAccountToken;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceAccountTest {
    private static final String NAME = "serviceAccounts/ci";

    private final TestBaseline baseline = new TestBaseline();
    private final TokenAuthenticator authenticator =
            new TokenAuthenticator(baseline.tokens, Optional.of(new RootToken("open sesame")));

    @BeforeEach
    void prepare() {
        baseline.create(
                NAME,
                ServiceAccount.newBuilder()
                        .setAccessLevel(AccessLevel.OPERATOR)
                        .addGroups("owners")
                        .build());
    }

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void aTokenStandsForItsAccount() {
        String secret = issue(0).getSecret();
        assertThat(secret).startsWith("drover_").hasSize(7 + 43);
        assertThat(authenticator.authenticate(secret))
                .isEqualTo(new Principal(NAME, Set.of("owners"), AccessLevel.OPERATOR));
    }

    @Test
    void theSecretIsNotKept() {
        String secret = issue(0).getSecret();
        for (String kind : new String[] {"TokenHash", "ServiceAccountToken"}) {
            assertThat(baseline.store.records().list(kind, "", "", 10))
                    .hasSize(1)
                    .noneMatch(record -> record.toString().contains(secret))
                    .noneMatch(record -> record.body().toStringUtf8().contains(secret));
        }
        assertThat(baseline.store.audit().entries(0, 100))
                .noneMatch(entry -> entry.leaf().toStringUtf8().contains(secret));
    }

    @Test
    void anExpiredTokenIsRefused() {
        String secret = issue(60).getSecret();
        baseline.pass(Duration.ofSeconds(59));
        assertThat(authenticator.authenticate(secret).account()).isEqualTo(NAME);
        baseline.pass(Duration.ofSeconds(1));
        refused(secret);
    }

    @Test
    void aRevokedTokenIsRefusedAtOnceAndOnlyThatOne() {
        IssueServiceAccountTokenResponse first = issue(0);
        IssueServiceAccountTokenResponse second = issue(0);
        RevokeServiceAccountTokenRequest request =
                RevokeServiceAccountTokenRequest.newBuilder()
                        .setName(first.getToken().getName())
                        .build();
        baseline.call(request);
        baseline.call(request);
        refused(first.getSecret());
        assertThat(authenticator.authenticate(second.getSecret()).account()).isEqualTo(NAME);
        assertThat(list()).containsExactly(second.getToken());
    }

    @Test
    void theTokensOfADisabledAccountAreRefused() {
        String secret = issue(0).getSecret();
        ServiceAccount account = ServiceAccount.newBuilder().setName(NAME).build();
        baseline.update(account.toBuilder().setDisabled(true).build(), "disabled");
        refused(secret);
        baseline.update(account, "disabled");
        assertThat(authenticator.authenticate(secret).account()).isEqualTo(NAME);
    }

    @Test
    void theTokensOfADeletedAccountGoWithIt() {
        String secret = issue(0).getSecret();
        baseline.delete(ServiceAccount.class, NAME);
        refused(secret);
        baseline.create(
                NAME, ServiceAccount.newBuilder().setAccessLevel(AccessLevel.ADMIN).build());
        refused(secret);
        assertThat(list()).isEmpty();
    }

    @Test
    void unknownTokensAreRefusedInTheSameWords() {
        String expired = issue(1).getSecret();
        baseline.pass(Duration.ofSeconds(2));
        String message = refused(expired).text();
        assertThat(refused("drover_" + "A".repeat(43)).text()).isEqualTo(message);
        assertThat(refused("").text()).isEqualTo(message);
        assertThat(refused("open sesam").text()).isEqualTo(message);
    }

    @Test
    void theRootTokenStandsForRoot() {
        assertThat(authenticator.authenticate("open sesame")).isEqualTo(Principal.ROOT);
    }

    @Test
    void tokensAreListedTheNewestFirst() {
        ServiceAccountToken first = issue(0).getToken();
        baseline.pass(Duration.ofSeconds(1));
        ServiceAccountToken second = issue(0).getToken();
        assertThat(list()).containsExactly(second, first);
    }

    @Test
    void anAccountHasAtMostAHundredTokens() {
        for (int i = 0; i < 99; i++) {
            issue(0);
        }
        issue(1);
        GatewayException refusal = baseline.refusal(request(0));
        assertThat(refusal.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
        baseline.pass(Duration.ofSeconds(2));
        issue(0);
        assertThat(list()).hasSize(100);
    }

    @Test
    void aTimeToLiveThatIsNotPositiveIsRefused() {
        assertThat(baseline.refusal(request(-5))).hasMessageContaining("ttl: PT-5S");
    }

    @Test
    void theCallerIsToldWhoItIs() {
        Caller caller = baseline.call(GetCallerRequest.getDefaultInstance(), Caller.class);
        assertThat(caller.getAccount()).isEqualTo("serviceAccounts/alice");
        assertThat(caller.getGroupsList()).containsExactly("owners");
        assertThat(caller.getAccessLevel()).isEqualTo(AccessLevel.ADMIN);
    }

    private IssueServiceAccountTokenResponse issue(long ttl) {
        return baseline.call(request(ttl), IssueServiceAccountTokenResponse.class);
    }

    private static IssueServiceAccountTokenRequest request(long ttl) {
        IssueServiceAccountTokenRequest.Builder request =
                IssueServiceAccountTokenRequest.newBuilder().setName(NAME).setDescription("CI");
        if (ttl != 0) {
            request.getTtlBuilder().setSeconds(ttl);
        }
        return request.build();
    }

    private java.util.List<ServiceAccountToken> list() {
        return baseline.call(
                        ListServiceAccountTokensRequest.newBuilder().setParent(NAME).build(),
                        ListServiceAccountTokensResponse.class)
                .getTokensList();
    }

    private GatewayException refused(String token) {
        GatewayException refusal =
                catchThrowableOfType(
                        GatewayException.class, () -> authenticator.authenticate(token));
        assertThat(refusal.reason()).isEqualTo(Reason.NOT_AUTHENTICATED);
        return refusal;
    }
}
