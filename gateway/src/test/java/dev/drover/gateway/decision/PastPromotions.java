package dev.drover.gateway.decision;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.plan.PlanFixture;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.Write;
import dev.drover.v1.Approval;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Plan;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyRevision;
import dev.drover.v1.PromotionFacts;
import dev.drover.v1.TaskFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decisions about a small shop, as promotions leave them behind. */
final class PastPromotions {
    static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

    private final Records records;
    private final DecisionLog log;
    private final Gate gate;
    private final List<Policy> policies = new ArrayList<>();
    private Instant now = START;
    private String environment = PlanFixture.PROD;

    PastPromotions(Records records) {
        this.records = records;
        this.log = new DecisionLog(records);
        this.gate =
                new Gate(
                        KnownHistory.of(
                                Map.of(
                                        PlanFixture.STAGING,
                                        new ReleaseHistory(
                                                true,
                                                Optional.of(START.minusSeconds(7200)),
                                                0,
                                                Map.of(),
                                                List.of()))),
                        names -> List.of());
    }

    static Policy policy(String json) {
        Policy.Builder policy = Policy.newBuilder();
        try {
            JsonFormat.parser().merge(json, policy);
        } catch (InvalidProtocolBufferException wrong) {
            throw new IllegalArgumentException(wrong);
        }
        return policy.build();
    }

    /** What guards everything from now on, and its revision. */
    PastPromotions guardedBy(String json) {
        Policy policy = policy(json);
        policies.removeIf(one -> one.getName().equals(policy.getName()));
        policies.add(policy);
        commit(
                List.of(
                        new Write.Put(
                                "PolicyRevision",
                                policy.getName()
                                        + "/revisions/%09d".formatted(policy.getRevision()),
                                Write.ANY,
                                PolicyRevision.newBuilder()
                                        .setPolicy(policy.getName())
                                        .setRevision(policy.getRevision())
                                        .setSnapshot(policy)
                                        .build()
                                        .toByteString(),
                                List.of())));
        return this;
    }

    PastPromotions to(String name) {
        environment = name;
        return this;
    }

    PastPromotions later(Duration time) {
        now = now.plus(time);
        return this;
    }

    Gate gate() {
        return gate;
    }

    DecisionLog log() {
        return log;
    }

    /** A decision about a promotion. */
    PastPromotions decided(String id, String image, String... approvers) {
        now = now.plusSeconds(1);
        PlanFixture shop = PlanFixture.shop();
        shop.environment().setName(environment).putLabels("tier", PolicyInputs.id(environment));
        policies.forEach(shop::policy);
        GateRequest request =
                new GateRequest(
                        shop.nouns(),
                        plan(image),
                        PromotionFacts.newBuilder().setKind("RELEASE").build(),
                        approvals(approvers),
                        Optional.empty(),
                        now);
        commit(log.writes("projects/shop/promotions/" + id, gate.judge(request)));
        return this;
    }

    private static Plan plan(String image) {
        return Plan.newBuilder()
                .setDigest("d1")
                .addJobs(
                        JobPlan.newBuilder()
                                .setJob("web")
                                .addTasks(
                                        TaskFacts.newBuilder().setDriver("docker").setImage(image)))
                .build();
    }

    private static List<Approval> approvals(String... approvers) {
        List<Approval> approvals = new ArrayList<>();
        for (String approver : approvers) {
            approvals.add(
                    Approval.newBuilder()
                            .setApprover("serviceAccounts/" + approver)
                            .addGroups("owners")
                            .setPlanDigest("d1")
                            .setState(Approval.State.APPROVED)
                            .build());
        }
        return approvals;
    }

    private void commit(List<Write> writes) {
        records.commit(
                Commit.of(
                        writes,
                        new AuditEvent("root", "test.put", "decisions", "put", Map.of(), "")),
                now);
    }
}
