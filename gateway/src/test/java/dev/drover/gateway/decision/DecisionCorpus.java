package dev.drover.gateway.decision;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.drover.gateway.plan.PlanFixture;
import dev.drover.v1.Approval;
import dev.drover.v1.Calendar;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Plan;
import dev.drover.v1.Policy;
import dev.drover.v1.PromotionFacts;
import dev.drover.v1.RecordedDecision;
import dev.drover.v1.Release;
import dev.drover.v1.TaskFacts;
import dev.drover.v1.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decisions about a small shop, under rules of every kind, at several times. */
final class DecisionCorpus {
    private static final Instant FRIDAY = Instant.parse("2026-03-27T15:30:00Z");

    private static final String POLICY =
            """
            {"name": "policies/guard", "revision": "7", "rules": [
              {"id": "tags", "expression": {
                "expression": "plan.images.all(i, i.tag != 'latest')",
                "message": "'uses ' + plan.images[0].reference"}},
              {"id": "hours", "expression": {
                "expression": "now.getHours('Europe/Berlin') < 17 || promotion.kind == 'ROLLBACK'"}},
              {"id": "broken", "enforcement": "WARN", "expression": {
                "expression": "release.labels['team'] == 'web'"}},
              {"id": "people", "fastTrack": {"passes": "ALL", "maxAge": "7200s"},
                "approval": {"count": 2, "groups": ["owners", "group:sre"]}},
              {"id": "anybody", "enforcement": "SHADOW", "approval": {"count": 1}},
              {"id": "office", "window": {"mode": "ALLOW", "zone": "Europe/Berlin",
                "windows": [{"rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                  "start": "2026-01-05T09:00", "duration": "28800s"}]}},
              {"id": "freeze", "window": {"mode": "DENY", "calendars": ["calendars/freeze"]},
                "fastTrack": {"passes": "AUTOMATIC"}},
              {"id": "soak", "soak": {"duration": "3600s"}},
              {"id": "measured", "verification": {"verifications": ["smoke"], "maxAge": "86400s"}}
            ]}
            """;

    private final List<RecordedCase> cases = new ArrayList<>();

    /**
     * One decision.
     *
     * @param title what is special about it
     */
    record RecordedCase(
            String title, List<Policy> policies, ByteString input, RecordedDecision decision) {}

    static List<RecordedCase> all() {
        DecisionCorpus corpus = new DecisionCorpus();
        for (int hours : new int[] {0, 1, 66, 500, 24 * 300}) {
            Instant now = FRIDAY.plus(Duration.ofHours(hours));
            corpus.add("release, " + hours + " h later", shop(), releaseOf("web:1"), now);
            corpus.add("latest, " + hours + " h later", shop(), releaseOf("web"), now);
            corpus.add("rollback, " + hours + " h later", shop(), rollback(false), now);
            corpus.add("rollback of the engine, " + hours + " h", shop(), rollback(true), now);
        }
        corpus.add("without policies", PlanFixture.shop(), releaseOf("web:1"), FRIDAY);
        PlanFixture abandoned = shop();
        abandoned.release().setState(Release.State.ABANDONED).setAbandonReason("broken");
        corpus.add("abandoned", abandoned, releaseOf("web:1"), FRIDAY);
        PlanFixture elsewhere = shop();
        elsewhere.environment().setName("projects/shop/environments/attic");
        corpus.add("not in the pipeline", elsewhere, releaseOf("web:1"), FRIDAY);
        PlanFixture labelled = shop();
        labelled.release().putLabels("team", "web").putLabels("size", "s");
        corpus.add("labelled", labelled, releaseOf("web:1"), FRIDAY);
        return corpus.cases;
    }

    /**
     * What is asked for.
     *
     * @param image of the only task
     */
    private record Wish(String kind, String image, Optional<GoingBack> back) {}

    private static Wish releaseOf(String image) {
        return new Wish("RELEASE", image, Optional.empty());
    }

    private static Wish rollback(boolean automatic) {
        return new Wish(
                "ROLLBACK",
                "web:0",
                Optional.of(new GoingBack(automatic, 1, FRIDAY.minusSeconds(600))));
    }

    private void add(String title, PlanFixture shop, Wish wish, Instant now) {
        for (int approvals = 0; approvals < 3; approvals += 2) {
            add(title + ", approvals: " + approvals, shop, wish, now, approvals);
        }
    }

    private void add(String title, PlanFixture shop, Wish wish, Instant now, int approvals) {
        Plan plan =
                Plan.newBuilder()
                        .setDigest("d1")
                        .addJobs(
                                JobPlan.newBuilder()
                                        .setJob("web")
                                        .addTasks(
                                                TaskFacts.newBuilder()
                                                        .setDriver("docker")
                                                        .setImage(
                                                                "registry.example/"
                                                                        + wish.image())))
                        .build();
        PromotionFacts asked =
                PromotionFacts.newBuilder()
                        .setKind(wish.kind())
                        .setRequester("serviceAccounts/dev")
                        .addRequesterGroups("developers")
                        .build();
        GateRequest request =
                new GateRequest(shop.nouns(), plan, asked, approvals(approvals), wish.back(), now);
        Judgement judgement =
                new Gate(
                                KnownHistory.of(history()),
                                names -> names.stream().map(DecisionCorpus::calendar).toList())
                        .judge(request);
        cases.add(
                new RecordedCase(
                        title,
                        request.nouns().policies(),
                        Deterministic.bytes(judgement.input()),
                        RecordedDecision.newBuilder()
                                .setDecision(judgement.decision())
                                .addAllPolicies(judgement.input().getPoliciesList())
                                .setEvaluatorVersion(Gate.EVALUATOR_VERSION)
                                .setZoneDataVersion(ZoneData.version())
                                .build()));
    }

    private static List<Approval> approvals(int count) {
        List<Approval> approvals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            approvals.add(
                    Approval.newBuilder()
                            .setApprover("serviceAccounts/owner-" + i)
                            .addGroups(i == 0 ? "owners" : "sre")
                            .setPlanDigest("d1")
                            .setState(Approval.State.APPROVED)
                            .build());
        }
        return approvals;
    }

    private static Map<String, ReleaseHistory> history() {
        return Map.of(
                PlanFixture.STAGING,
                new ReleaseHistory(
                        true,
                        Optional.of(FRIDAY.minusSeconds(1800)),
                        1,
                        Map.of("smoke", "PASSED"),
                        List.of("registry.example/web:1")));
    }

    private static Calendar calendar(String name) {
        return Calendar.newBuilder()
                .setName(name)
                .setZone("America/Sao_Paulo")
                .addWindows(
                        Window.newBuilder()
                                .setTitle("clocks change")
                                .setStart("2026-03-28")
                                .setEnd("2026-03-31"))
                .build();
    }

    private static PlanFixture shop() {
        Policy.Builder policy = Policy.newBuilder();
        try {
            JsonFormat.parser().merge(POLICY, policy);
        } catch (InvalidProtocolBufferException wrong) {
            throw new IllegalArgumentException(wrong);
        }
        return PlanFixture.shop().policy(policy.build());
    }
}
