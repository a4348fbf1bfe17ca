package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.audit.AuditRecord;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.v1.Approval;
import dev.drover.v1.Phase;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.Promotion;
import dev.drover.v1.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold after every step, whatever happened. */
final class SimulationChecks {
    private final PromotionLab lab;
    private final SimulatedNomad nomad;
    private final Map<String, Promotion.State> ended = new HashMap<>();
    private final Map<String, String> replayed = new HashMap<>();
    private final Map<String, Integer> strangers = new HashMap<>();
    private long entriesRead;

    SimulationChecks(PromotionLab lab, SimulatedNomad nomad) {
        this.lab = lab;
        this.nomad = nomad;
        this.entriesRead = lab.files().store().size();
    }

    /** A registration that was not the engine's. */
    void strangerRegistered(String namespace, String job) {
        strangers.merge(namespace + "/" + job, 1, Integer::sum);
    }

    /** Whoever lost its claim writes nothing. */
    void nothingWritten(long before) {
        assertThat(lab.files().store().position())
                .as("what a gateway wrote that is taken for dead")
                .isEqualTo(before);
    }

    List<Promotion> promotions() {
        List<Promotion> all = new ArrayList<>();
        String prefix = lab.nouns().project() + "/promotions/";
        for (StoredRecord record :
                lab.files().store().list(PromotionStore.PROMOTION, prefix, "", 1000)) {
            all.add(PromotionStore.parse(record));
        }
        return all;
    }

    void check() {
        List<Promotion> all = promotions();
        oneRunsInEachLane(all);
        all.forEach(SimulationChecks::onlyTheAllowedRuns);
        all.forEach(SimulationChecks::approvalsAreOfThePresentPlan);
        all.forEach(this::endsAreFinal);
        auditLogTellsEveryState(all);
        everyRegistrationHappensOnce(all);
    }

    private static void oneRunsInEachLane(List<Promotion> all) {
        Map<String, String> running = new HashMap<>();
        for (Promotion promotion : all) {
            if (promotion.getState() == Promotion.State.RUNNING) {
                assertThat(running.put(Names.lane(promotion), promotion.getName()))
                        .as("beside %s runs", promotion.getName())
                        .isNull();
            }
        }
    }

    private static void onlyTheAllowedRuns(Promotion promotion) {
        if (promotion.getState() == Promotion.State.RUNNING) {
            assertThat(promotion.getDecision().getVerdict())
                    .as("verdict on %s", promotion.getName())
                    .isEqualTo(Verdict.ALLOW);
            assertThat(promotion.getDecision().getPlanDigest())
                    .as("digest that was allowed of %s", promotion.getName())
                    .isEqualTo(promotion.getPlan().getDigest());
        }
    }

    private static void approvalsAreOfThePresentPlan(Promotion promotion) {
        for (Approval approval : promotion.getApprovalsList()) {
            if (approval.getState() == Approval.State.APPROVED) {
                assertThat(approval.getPlanDigest())
                        .as("approval of %s", promotion.getName())
                        .isEqualTo(promotion.getPlan().getDigest());
            }
        }
    }

    private void endsAreFinal(Promotion promotion) {
        if (PromotionStates.ended(promotion)) {
            Promotion.State before = ended.putIfAbsent(promotion.getName(), promotion.getState());
            assertThat(before == null || before == promotion.getState())
                    .as("%s was %s", promotion.getName(), before)
                    .isTrue();
        } else {
            assertThat(ended).doesNotContainKey(promotion.getName());
        }
    }

    private void auditLogTellsEveryState(List<Promotion> all) {
        List<AuditRecord> entries = lab.files().store().entries(entriesRead, 1000);
        entriesRead += entries.size();
        for (AuditRecord entry : entries) {
            String state = entry.event().details().get("state");
            if (state != null) {
                replayed.put(entry.event().resource(), state);
            }
        }
        for (Promotion promotion : all) {
            assertThat(replayed)
                    .as("state of %s by the audit log", promotion.getName())
                    .containsEntry(promotion.getName(), promotion.getState().name());
        }
    }

    private void everyRegistrationHappensOnce(List<Promotion> all) {
        Map<String, Integer> begun = new HashMap<>();
        Set<String> versions = new HashSet<>();
        for (Promotion promotion : all) {
            for (Phase phase : promotion.getRollout().getPhasesList()) {
                String job = Names.id(promotion.getEnvironment()) + "/" + phase.getJob();
                boolean registers = phase.getPlanned().getKind() == PlannedPhase.Kind.REGISTER;
                if (registers && phase.hasStartTime()) {
                    begun.merge(job, 1, Integer::sum);
                }
                if (registers && phase.getJobModifyIndex() > 0) {
                    assertThat(versions.add(job + "/" + phase.getJobModifyIndex()))
                            .as("%s of %s is nobody else's", job, promotion.getName())
                            .isTrue();
                }
            }
        }
        Map<String, Integer> registered = new HashMap<>(strangers);
        registered.replaceAll((job, count) -> -count);
        for (SimulatedNomad.Registered one : nomad.registrations()) {
            assertThat(one.newVersion()).as("%s was registered unchanged", one).isTrue();
            registered.merge(one.namespace() + "/" + one.jobId(), 1, Integer::sum);
        }
        registered.forEach((job, count) ->
                assertThat(count)
                        .as("registrations of %s", job)
                        .isLessThanOrEqualTo(begun.getOrDefault(job, 0)));
    }
}
