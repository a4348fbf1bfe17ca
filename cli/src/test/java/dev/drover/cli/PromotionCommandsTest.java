package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.nomad.RealNomad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What promotions tell people and scripts, on a real Nomad. */
class PromotionCommandsTest {
    private static final Pattern DIGEST = Pattern.compile("--digest ([0-9a-f]{64})");

    @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @TempDir Path directory;

    private Shop shop(String project) throws Exception {
        return new Shop(project, GATEWAY, NOMAD, directory);
    }

    @Test
    void doneIsZeroAndEveryStepIsTold() throws Exception {
        Shop shop = shop("done");
        shop.release("1", Shop.WELL);

        Answer rehearsal = shop.promote("1", "staging", "first", "--dry-run").exits(0);
        assertThat(rehearsal.out())
                .startsWith("It would be QUEUED")
                .contains("job web: created", "ALLOW   release/active");
        shop.developer().run("get", "promotion", "first").exits(1);

        Answer done = shop.promote("1", "staging", "first").exits(0);
        assertThat(done.out())
                .startsWith("==> shop/1 to staging as first\n")
                .containsSubsequence(
                        "    RUNNING\n",
                        "    job web, register: SUCCEEDED, version 0; web healthy 1/1",
                        "==> succeeded: shop/1 runs in staging\n")
                .doesNotContain("allocations healthy");
        assertThat(done.err()).isEmpty();
        assertThat(shop.developer().run("follow", "first").exits(0).out()).contains("succeeded");
    }

    @Test
    void jsonIsTheLastStateAndProgressGoesToStandardError() throws Exception {
        Shop shop = shop("jsonp");
        shop.release("1", Shop.WELL);

        JsonNode rehearsal =
                shop.promote("1", "staging", "d", "--dry-run", "-o", "json").exits(0).json();
        assertThat(rehearsal.path("plan").path("digest").asText()).hasSize(64);
        Answer answer = shop.promote("1", "staging", "p", "-o", "json").exits(0);

        assertThat(answer.json().path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(answer.json().path("endTime").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        assertThat(answer.err())
                .contains("==> shop/1 to staging as p", "job web, register: SUCCEEDED");
    }

    @Test
    void detachReturnsAtOnceAndFollowComesBack() throws Exception {
        Shop shop = shop("detach");
        shop.release("1", Shop.WELL);

        Answer asked = shop.promote("1", "staging", "away", "-detach").exits(0);
        assertThat(asked.out())
                .isEqualTo(
                        "Requested %1$s; follow it:\n    drover follow %1$s\n"
                                .formatted(shop.promotion("away")));

        assertThat(
                        shop.developer()
                                .run("follow", "away", "-o", "json")
                                .exits(0)
                                .json()
                                .path("state")
                                .asText())
                .isEqualTo("SUCCEEDED");
        JsonNode again =
                shop.promote("1", "staging", "again", "-detach", "-o", "json").exits(0).json();
        assertThat(again.path("name").asText()).isEqualTo(shop.promotion("again"));
        shop.developer().run("follow", "again").exits(0);
        assertThat(shop.developer().run("follow", "nobody").exits(1).err())
                .contains("NOT_FOUND", shop.promotion("nobody"));
    }

    @Test
    void waitingForApprovalIsTwoAndTheDigestIsToBeRead() throws Exception {
        Shop shop = shop("approval");
        shop.release("1", Shop.WELL);
        shop.promote("1", "staging", "staged").exits(0);
        assertThat(shop.developer().run("explain", "shop/1", "prod").exits(2).out())
                .startsWith("PENDING_APPROVAL: 1 rule asks for approval\n")
                .contains("REQUIRE policies/approval/rules/owners-approve")
                .contains("can be unblocked by group:approval-owners");

        assertThat(shop.developer().run("explain", "shop/1").exits(2).out())
                .startsWith(
                        "staging: it runs there\nprod: PENDING_APPROVAL: 1 rule asks for approval\n")
                .contains("REQUIRE policies/approval/rules/owners-approve");

        Answer waits = shop.promote("1", "prod", "live").exits(2);
        assertThat(waits.out())
                .contains("==> waits for approval")
                .contains("drover approve " + shop.promotion("live") + " --digest ");
        Matcher digest = DIGEST.matcher(waits.out());
        assertThat(digest.find()).isTrue();

        Answer blind = shop.owner().run("approve", "live").exits(1);
        assertThat(blind.out()).contains("job web: created", "plan digest " + digest.group(1));
        assertThat(blind.err())
                .startsWith("Error: nothing was approved: read the plan above, then add --digest ");
        assertThat(shop.developer().run("approve", "live", "--digest", digest.group(1)).exits(1))
                .extracting(Answer::err)
                .asString()
                .contains("SELF_APPROVAL_FORBIDDEN");
        assertThat(shop.owner().run("approve", "live", "--digest", "0".repeat(64)).exits(1).err())
                .contains("PLAN_DIGEST_CHANGED", digest.group(1));

        Answer approved =
                shop.owner().run("approve", "live", "--digest", digest.group(1), "--follow");
        assertThat(approved.exits(0).out())
                .doesNotContain("PENDING_APPROVAL")
                .endsWith("==> succeeded: shop/1 runs in prod\n");
        assertThat(shop.owner().run("approve", "live").exits(1).err())
                .contains("SUCCEEDED and waits for no approval");
        assertThat(shop.developer().run("status").exits(0).out())
                .isEqualTo("APPLICATION  STAGING  PROD\nshop         1        1\n");
    }

    @Test
    void blockedIsThreeAndRejectedOrCancelledIsFour() throws Exception {
        Shop shop = shop("blocked");
        shop.release("1", Shop.WELL);
        Answer explained = shop.developer().run("explain", "shop/1", "prod").exits(3);
        assertThat(explained.out())
                .startsWith("BLOCKED: 1 rule says no, 1 rule asks for approval\n")
                .contains("DENY    pipeline/stage-order: ")
                .contains("can be unblocked by");
        assertThat(
                        shop.developer()
                                .run("explain", "shop/1", "prod", "--plan", "-o", "json")
                                .exits(3)
                                .json()
                                .path("state")
                                .asText())
                .isEqualTo("BLOCKED");

        Answer blocked = shop.promote("1", "prod", "early").exits(3);
        assertThat(blocked.out())
                .contains("==> blocked")
                .contains("    drover explain " + shop.promotion("early") + "\n");
        shop.developer().run("explain", "early").exits(3);

        Answer cancelled = shop.developer().run("cancel", "early", "--reason", "too early");
        assertThat(cancelled.exits(0).line()).startsWith("Cancelled early (CANCELLED");
        assertThat(shop.developer().run("follow", "early").exits(4).out())
                .contains("==> cancelled: ", "too early");
        shop.promote("1", "staging", "staged").exits(0);
        shop.promote("1", "prod", "doomed").exits(2);
        assertThat(shop.owner().run("reject", "doomed", "--reason", "not today").exits(0).line())
                .isEqualTo("Rejected doomed");
        assertThat(shop.developer().run("follow", "doomed").exits(4).out())
                .contains("==> rejected: ", "not today");
        assertThat(shop.owner().run("reject", "doomed", "--reason", "x").exits(1).err())
                .contains("TRANSITION_NOT_ALLOWED", "REJECTED");
    }

    @Test
    void failedOrRolledBackIsFiveAndRetryAndRollbackGoOn() throws Exception {
        Shop shop = shop("failing");
        shop.release("0", "exit 1");
        assertThat(shop.promote("0", "staging", "first").exits(5).out())
                .contains("==> failed (UNHEALTHY): ")
                .contains("    drover retry " + shop.promotion("first"));
        shop.release("1", Shop.WELL);
        shop.promote("1", "staging", "good").exits(0);
        shop.release("2", "exit 2");

        assertThat(shop.promote("2", "staging", "bad").exits(5).out())
                .contains("==> rolled back: ", "releases/1 runs again");
        assertThat(shop.developer().run("status").exits(0).out())
                .isEqualTo(
                        """
                        APPLICATION  STAGING                    PROD
                        shop         1 (last: bad ROLLED_BACK)  -
                        """);
        assertThat(shop.developer().run("retry", "bad", "--reason", "again").exits(5).out())
                .contains("==> rolled back: ");

        shop.release("3", Shop.WELL + " # 3");
        shop.promote("3", "staging", "better").exits(0);
        Drover developer = shop.developer();
        Answer rehearsal =
                developer.run("rollback", "shop", "staging", "--reason", "no", "--dry-run");
        assertThat(rehearsal.exits(0).out()).contains("job web: changed");
        assertThat(
                        developer
                                .and("-o", "json")
                                .run("rollback", "shop", "staging", "--reason", "no", "--dry-run")
                                .json()
                                .path("kind")
                                .asText())
                .isEqualTo("ROLLBACK");
        assertThat(
                        shop.developer()
                                .run("rollback", "shop", "staging", "--to", "1", "--reason", "no")
                                .exits(0)
                                .out())
                .endsWith("==> succeeded: shop/1 runs in staging\n");
    }

    @Test
    void canaryThatWaitsForAPersonIsTwoUntilSomebodyAdvances() throws Exception {
        Shop shop = shop("byhand");
        shop.release("1", Shop.WELL);
        shop.promote("1", "staging", "first").exits(0);
        shop.strategy("canary: {count: 1, promotion: BY_HAND}");
        shop.release("2", Shop.WELL + " # 2");

        assertThat(shop.promote("2", "staging", "second").exits(2).out())
                .contains("==> canaries wait for a person")
                .contains("    drover advance " + shop.promotion("second") + "\n");
        assertThat(shop.developer().run("status").exits(0).out()).contains("1 (second RUNNING)");

        shop.promote("2", "staging", "third", "-detach").exits(0);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> shop.developer().run("status").out().contains("1 waiting)"));
        assertThat(shop.developer().run("status").out()).contains("1 (second RUNNING, 1 waiting)");
        assertThat(shop.developer().run("status", "shop", "staging").exits(0).out())
                .contains("second is RUNNING; waiting, the next one first: third.");
        assertThat(shop.developer().run("list", "promotions").exits(0).out())
                .contains("WAITING FOR")
                .containsPattern("third +shop/2 +staging +QUEUED +second");
        shop.developer().run("cancel", "third", "--reason", "seen").exits(0);

        Answer advanced =
                shop.developer().run("advance", "second", "--reason", "fine", "-o", "json");
        assertThat(state(advanced.exits(0))).isEqualTo("SUCCEEDED");
        assertThat(advanced.err()).contains("    SUCCEEDED: ", "shop/releases/2 runs\n");
    }

    @Test
    void timeLeftAndTheNextDecisionAreToldOnceAndCountedOnATerminal() throws Exception {
        Shop shop = shop("bakes");
        shop.release("1", Shop.WELL);
        shop.promote("1", "staging", "first").exits(0);
        shop.strategy(
                "canary: {steps: [{count: 1, bake: 3s}, {percent: 100, promotion: BY_HAND}],"
                        + " decision_timeout: 600s}");
        shop.release("2", Shop.WELL + " # 2");

        String plain = shop.promote("2", "staging", "second").exits(2).out();
        assertThat(plain)
                .containsOnlyOnce(" s left)\n")
                .containsPattern("bakes until [0-9: -]+ UTC \\([1-3] s left\\)\n")
                .containsOnlyOnce(
                        "        drover advance " + shop.promotion("second") + "  # at once")
                .containsPattern(
                        "wait for a person: (10 m|9 m 5\\d s) until it is aborted \\(nobody")
                .doesNotContain("\r");
        shop.developer().run("abort", "second", "--reason", "seen").exits(4);

        shop.promote("2", "staging", "third", "-detach").exits(0);
        assertThat(shop.developer().onTerminal("follow", "third").exits(2).out())
                .containsPattern(
                        "\r\u001b\\[K    [1-3] s left: job web, canary-1x-bake\r\u001b\\[K");
    }

    @Test
    void promotionThatIsCancelledWhileItIsFollowedIsFour() throws Exception {
        Shop shop = shop("stopped");
        shop.slow();
        shop.release("1", Shop.WELL);
        var followed = CompletableFuture.supplyAsync(() -> shop.promote("1", "staging", "long"));
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        shop.developer()
                                .run("get", "promotion", "long")
                                .out()
                                .contains("\"RUNNING\""));

        JsonNode acted =
                shop.developer()
                        .run("cancel", "long", "--reason", "wrong one", "-o", "json")
                        .exits(0)
                        .json();
        assertThat(acted.path("name").asText()).isEqualTo(shop.promotion("long"));
        assertThat(followed.get(60, TimeUnit.SECONDS).exits(4).out())
                .contains("    RUNNING\n", "==> cancelled: ", "wrong one");
    }

    @Test
    void everyVerdictInJsonIsOneDocument() throws Exception {
        Shop shop = shop("verdicts");
        Drover developer = shop.developer().and("-o", "json");
        Drover owner = shop.owner().and("-o", "json");
        shop.release("1", Shop.WELL);
        shop.promote("1", "staging", "staged").exits(0);
        JsonNode waits = shop.promote("1", "prod", "live", "-o", "json").exits(2).json();
        String digest = waits.path("plan").path("digest").asText();

        assertThat(owner.run("approve", "live").exits(1).out()).isEmpty();
        assertThat(owner.run("approve", "live", "--digest", digest).exits(0).json()).isNotEmpty();
        assertThat(state(developer.run("follow", "live").exits(0))).isEqualTo("SUCCEEDED");
        shop.promote("1", "prod", "no").exits(2);
        assertThat(state(owner.run("reject", "no", "--reason", "x").exits(0)))
                .isEqualTo("REJECTED");
        JsonNode retried = developer.run("retry", "no", "-detach").exits(0).json();
        String again = retried.path("name").asText();
        assertThat(retried.path("retryOf").asText()).isEqualTo(shop.promotion("no"));
        assertThat(state(developer.run("follow", again).exits(2))).isEqualTo("PENDING_APPROVAL");
        assertThat(state(developer.run("cancel", again, "--reason", "x").exits(0)))
                .isEqualTo("CANCELLED");
        assertThat(developer.run("status").exits(0).json()).hasSize(2);
        assertThat(state(developer.run("release", "abandon", "shop/1", "--reason", "x")))
                .isEqualTo("ABANDONED");
    }

    private static String state(Answer answer) {
        return answer.json().path("state").asText();
    }

    @Test
    void releasesAreMadeListedAndAbandoned() throws Exception {
        Shop shop = shop("releases");
        Drover drover = shop.developer();
        assertThat(
                        drover.run(
                                        "release",
                                        "create",
                                        "shop/1",
                                        "--job",
                                        "web=" + shop.jobspec(),
                                        "--var",
                                        "script=sleep 9",
                                        "-o",
                                        "json")
                                .exits(0)
                                .json()
                                .path("variables")
                                .path("script")
                                .asText())
                .isEqualTo("sleep 9");
        assertThat(
                        drover.run("release", "create", "shop/2", "--job", "web=none.hcl")
                                .exits(1)
                                .err())
                .isEqualTo("Error: the jobspec of job web none.hcl does not exist\n");
        assertThat(drover.run("release", "create", "shop", "--job", "web=none.hcl").exits(1).err())
                .contains("shop is not APPLICATION/RELEASE");
        assertThat(drover.run("list", "releases").exits(1).err()).contains("--parent APPLICATION");
        assertThat(drover.run("list", "releases", "--parent", "shop").exits(0).out())
                .contains("projects/releases/applications/shop/releases/1", "ACTIVE");

        assertThat(drover.run("release", "abandon", "shop/1", "--reason", "old").exits(0).line())
                .isEqualTo("Abandoned release shop/1");
        assertThat(drover.run("explain", "shop/1", "staging").exits(3).out())
                .contains("DENY    release/active");
    }
}
