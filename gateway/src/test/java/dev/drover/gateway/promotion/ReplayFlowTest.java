package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.PolicyRevisions;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.decision.DecisionLog;
import dev.drover.gateway.decision.DecisionMethods;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.gateway.record.Write;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Calendar;
import dev.drover.v1.DecisionInput;
import dev.drover.v1.DecisionRecordProto;
import dev.drover.v1.ExpressionRule;
import dev.drover.v1.ListDecisionsRequest;
import dev.drover.v1.ListDecisionsResponse;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyRevision;
import dev.drover.v1.PolicySelector;
import dev.drover.v1.Promotion;
import dev.drover.v1.RecordedDecision;
import dev.drover.v1.ReplayDecisionRequest;
import dev.drover.v1.ReplayDecisionResponse;
import dev.drover.v1.Rule;
import dev.drover.v1.SoakRule;
import dev.drover.v1.Verdict;
import dev.drover.v1.Window;
import dev.drover.v1.WindowRule;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions that promotions leave behind, on a real store and a simulated Nomad. It is noon. */
class ReplayFlowTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private final EngineDriver engine = new EngineDriver(lab, time);

    @BeforeEach
    void declare() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
        calendar("2026-03-02T12:02");
        policy(1, 2);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void everyDecisionThatHeldAPromotionAndTheOneThatLetItRunIsRecordedAndReplaysToTheSameBytes() {
        String promotion = throughEveryRule();
        List<RecordedDecision> decisions = decisions(promotion);

        assertThat(decisions)
                .extracting(one -> one.getDecision().getVerdict())
                .startsWith(Verdict.REQUIRE)
                .contains(Verdict.DEFER)
                .endsWith(Verdict.ALLOW);
        assertThat(decisions.getLast().getDecision())
                .isEqualTo(lab.promotion(promotion).getDecision());
        assertThat(decisions.getLast().getZoneDataVersion()).matches("20\\d\\d[a-z]+");
        assertThat(decisions.getFirst().getPoliciesList())
                .extracting(one -> one.getPolicy() + "@" + one.getRevision())
                .containsExactly("policies/guard@1");
        for (RecordedDecision one : decisions) {
            assertThat(replay(promotion, one.getNumber()).getDifference()).isEmpty();
            assertThat(replay(promotion, one.getNumber()).getSame()).isTrue();
        }
        assertThat(replay(promotion, 0).getRecorded()).isEqualTo(decisions.getLast());
        assertThat(replay(promotion, 1).getInput().getCalendarsList())
                .extracting(Calendar::getDisplayName)
                .containsExactly("launch");
    }

    @Test
    void replayGoesByWhatWasRecordedHoweverTheWorldHasChangedSince() {
        String promotion = throughEveryRule();
        calendar("2036-01-01T00:00");
        policy(2, 50);
        lab.nouns().environment("prod", prod -> prod.putLabels("tier", "attic"));
        lab.nouns().abandon(lab.promotion(promotion).getRelease());
        time.advance(Duration.ofDays(400));

        for (RecordedDecision one : decisions(promotion)) {
            assertThat(replay(promotion, one.getNumber()).getSame()).isTrue();
        }
    }

    @Test
    void inputThatSomebodyChangedIsToldWithTheFirstDifference() {
        String promotion = throughEveryRule();
        Records records = lab.files().store();
        String digest = lab.promotion(promotion).getDecision().getInputDigest();
        DecisionInput.Builder input = input(records, digest).toBuilder();
        input.clearApprovals();
        put("DecisionInput", digest, input.build());

        ReplayDecisionResponse replay = replay(promotion, 0);
        assertThat(replay.getSame()).isFalse();
        assertThat(replay.getDifference()).isEqualTo("verdict: ALLOW, now REQUIRE");
        assertThat(replay.getReplayed().getInputDigest()).isNotEqualTo(digest);
    }

    @Test
    void decisionThatDoesNotExistIsNotFoundAndToldHowManyThereAre() {
        String promotion = throughEveryRule();
        int count = decisions(promotion).size();
        assertThatThrownBy(() -> replay(promotion, 99))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining(promotion + "/decisions/99 (it has " + count + ")");
    }

    /** A release that passes staging, soaks, is approved by two and waits for a window. */
    private String throughEveryRule() {
        TestJobs web = TestJobs.service("web").minHealthy(Duration.ofSeconds(1)).release("one");
        String release = lab.nouns().release("1", Map.of("web", web.json()));
        String staging = lab.promote(release, TestNouns.STAGING);
        reaches(staging, Promotion.State.SUCCEEDED);
        String prod = lab.promote(release, TestNouns.PROD);
        engine.round();
        lab.approve(prod, PromotionLab.OWNER);
        engine.round();
        lab.approve(prod, PromotionLab.SECOND_OWNER);
        engine.round();
        assertThat(lab.promotion(prod).getState()).isEqualTo(Promotion.State.BLOCKED);
        reaches(prod, Promotion.State.SUCCEEDED);
        return prod;
    }

    private void reaches(String promotion, Promotion.State state) {
        engine.until(LONG, () -> lab.promotion(promotion).getState() == state);
    }

    private void calendar(String end) {
        lab.nouns()
                .put(
                        "calendars/launch",
                        Calendar.newBuilder()
                                .setName("calendars/launch")
                                .setDisplayName("launch")
                                .setZone("Europe/Berlin")
                                .addWindows(
                                        Window.newBuilder()
                                                .setStart("2026-03-02T11:00")
                                                .setEnd(later(end)))
                                .build());
    }

    /** Clocks in Berlin are an hour ahead. */
    private static String later(String utc) {
        return LocalDateTime.parse(utc).plusHours(1).toString();
    }

    private void policy(long revision, int approvals) {
        Policy policy =
                Policy.newBuilder()
                        .setName("policies/guard")
                        .setRevision(revision)
                        .setSelector(
                                PolicySelector.newBuilder().putEnvironmentLabels("tier", "prod"))
                        .addRules(
                                rule("people")
                                        .setApproval(
                                                ApprovalRule.newBuilder()
                                                        .setCount(approvals)
                                                        .addGroups("owners")))
                        .addRules(
                                rule("freeze")
                                        .setWindow(
                                                WindowRule.newBuilder()
                                                        .setMode(WindowRule.Mode.DENY)
                                                        .addCalendars("calendars/launch")))
                        .addRules(
                                rule("soak")
                                        .setSoak(
                                                SoakRule.newBuilder()
                                                        .setDuration(Durations.fromSeconds(30))))
                        .addRules(
                                rule("tested")
                                        .setExpression(
                                                ExpressionRule.newBuilder()
                                                        .setExpression(
                                                                "history.environments['staging'].succeeded")))
                        .build();
        lab.nouns().put(policy.getName(), policy);
        put(
                "PolicyRevision",
                "policies/guard/revisions/%09d".formatted(revision),
                PolicyRevision.newBuilder()
                        .setPolicy(policy.getName())
                        .setRevision(revision)
                        .setSnapshot(policy)
                        .build());
    }

    private static Rule.Builder rule(String id) {
        return Rule.newBuilder().setId(id);
    }

    private void put(String kind, String name, Message body) {
        lab.files()
                .store()
                .commit(
                        Commit.of(
                                List.of(
                                        new Write.Put(
                                                kind,
                                                name,
                                                Write.ANY,
                                                body.toByteString(),
                                                List.of())),
                                new AuditEvent("root", "test.put", name, "put", Map.of(), "")),
                        time.instant());
    }

    private static DecisionInput input(Records records, String digest) {
        StoredRecord stored = records.get("DecisionInput", digest).orElseThrow();
        try {
            return DecisionInput.parseFrom(stored.body());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<RecordedDecision> decisions(String promotion) {
        return ((ListDecisionsResponse)
                        call(
                                "ListDecisions",
                                ListDecisionsRequest.newBuilder().setParent(promotion).build()))
                .getDecisionsList();
    }

    private ReplayDecisionResponse replay(String promotion, long number) {
        return (ReplayDecisionResponse)
                call(
                        "ReplayDecision",
                        ReplayDecisionRequest.newBuilder()
                                .setPromotion(promotion)
                                .setNumber(number)
                                .build());
    }

    private Message call(String method, Message request) {
        Records records = lab.files().store();
        Methods methods = new Methods();
        new DecisionMethods(
                        new Lookup(records, TestNouns.kinds()),
                        lab.promotions().gate(),
                        new DecisionLog(records),
                        new PolicyRevisions(records, time))
                .register(methods);
        var descriptor =
                Objects.requireNonNull(
                        DecisionRecordProto.getDescriptor()
                                .findServiceByName("DecisionService")
                                .findMethodByName(method));
        return methods.unary(descriptor)
                .orElseThrow()
                .call(
                        new Call(PromotionLab.DEVELOPER, descriptor.getFullName(), "call-1"),
                        request);
    }
}
