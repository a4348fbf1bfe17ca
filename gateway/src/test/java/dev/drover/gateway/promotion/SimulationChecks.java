package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.audit.AuditRecord;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.JobVersion;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.record.WorkList;
import dev.drover.gateway.rollout.EffectCodec;
import dev.drover.gateway.rollout.RolloutEffect;
import dev.drover.v1.Approval;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Phase;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.Promotion;
import dev.drover.v1.RestartedAllocation;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Sample;
import dev.drover.v1.Verdict;
import dev.drover.v1.VerificationRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What must hold after every step, whatever happened: the invariants of ARCHITECTURE.md. */
final class SimulationChecks {
    private static final String CHECKING = "drover-verify";

    private final PromotionLab lab;
    private final SimulatedNomad nomad;
    private final WorkLedger ledger;
    private final Notes notes;
    private final SeenPromotions seen;
    private final Map<String, Promotion> ended = new HashMap<>();
    private final Map<String, String> replayed = new HashMap<>();
    private final Map<String, Integer> strangers = new HashMap<>();
    private final int most;
    private final Set<String> touched = new HashSet<>();
    private boolean mistakes;
    private long entriesRead;
    private int repeatedRestarts;

    /** Checks of a cluster that runs so many promotions at most. */
    SimulationChecks(
            PromotionLab lab, SimulatedNomad nomad, WorkLedger ledger, Notes notes, int most) {
        this.most = most;
        this.lab = lab;
        this.nomad = nomad;
        this.ledger = ledger;
        this.notes = notes;
        this.seen = new SeenPromotions(lab.files().store(), lab.nouns().project());
        this.entriesRead = lab.files().store().size();
    }

    /**
     * Where it is told what was found.
     *
     * @param happened states, causes and phases that promotions came to
     */
    record Notes(Consumer<String> story, Happened happened) {}

    /** A restart that Nomad may carry out once more than the engine can know. */
    void restartMayRepeat() {
        repeatedRestarts++;
    }

    /** Something after which the engine may take what it sees for the work of somebody else. */
    void mayBeMistaken() {
        mistakes = true;
    }

    /** A registration that was not the engine's. */
    void strangerRegistered(String namespace, String job) {
        touched.add(namespace);
        strangers.merge(namespace + "/" + job, 1, Integer::sum);
    }

    /** A job that was stopped by hand; where it is purged, it may be registered as if never was. */
    void strangerStopped(String namespace, String job, boolean purged) {
        touched.add(namespace);
        if (purged) {
            strangers.merge(namespace + "/" + job, 1, Integer::sum);
        }
    }

    List<Promotion> promotions() {
        return seen.all();
    }

    /** Releases that succeeded in an environment. */
    List<String> succeeded(String environment) {
        return ended.values().stream()
                .filter(one -> one.getState() == Promotion.State.SUCCEEDED)
                .filter(one -> Names.id(one.getEnvironment()).equals(environment))
                .map(Promotion::getRelease)
                .distinct()
                .sorted()
                .toList();
    }

    void check() {
        // What is true of a record stays true until it is another.
        for (Promotion promotion : seen.changed()) {
            note(promotion);
            onlyTheAllowedRuns(promotion);
            approvalsAreOfThePresentPlan(promotion);
            nobodyIsBlamedForNothing(promotion);
            samplesAreTakenOneByOne(promotion);
            endsAreFinal(promotion);
        }
        List<Promotion> all = promotions();
        oneRunsInEachLane(all);
        noMoreRunThanMay(all);
        all.forEach(this::whatIsToBeDoneIsNoted);
        auditLogTellsEveryState(all);
        everyRegistrationHappensOnce(all);
        everyRestartHappensOnce(all);
        ledger.check();
    }

    /** When nothing is open any more, nothing is left over either. */
    void checkEnd() {
        seen.check();
        for (Promotion promotion : promotions()) {
            Lane lane =
                    new PromotionStore(lab.files().store())
                            .lane(promotion.getEnvironment(), promotion.getApplication());
            assertThat(lane.running()).as("what runs at the end").isEmpty();
            assertThat(lane.queue()).as("who waits at the end").isEmpty();
            assertThat(lane.open()).as("what is open at the end").isEmpty();
        }
    }

    private void note(Promotion promotion) {
        note(promotion, promotion.getState().name());
        note(promotion, promotion.getFailureCause().name());
        note(promotion, promotion.getKind() + " " + promotion.getState());
        if (promotion.getStateMessage().contains("; not rolled back; changed and left as they")) {
            note(promotion, "halted");
        }
        for (Phase phase : promotion.getRollout().getPhasesList()) {
            note(promotion, phase.getPlanned().getKind() + " " + phase.getState());
            if (phase.getJob().equals(SimulatedReleases.AGENT)) {
                note(promotion, "system job " + phase.getState());
            }
            if (phase.getMessage().startsWith("nobody decided within")) {
                note(promotion, "undecided: " + phase.getPlanned().getUndecided());
            }
        }
        promotion
                .getVerificationRunsList()
                .forEach(run -> note(promotion, "verification " + run.getState()));
        assertThat(promotion.getFailureCause())
                .as("cause of %s: %s", promotion.getName(), promotion.getStateMessage())
                .isNotEqualTo(FailureCause.INTERNAL);
    }

    private void note(Promotion promotion, String what) {
        notes.happened().noteOnce(promotion.getName(), what);
    }

    private static void oneRunsInEachLane(List<Promotion> all) {
        Map<String, String> holders = new HashMap<>();
        for (Promotion promotion : all) {
            if (holdsItsLane(promotion)) {
                assertThat(holders.put(Names.lane(promotion), promotion.getName()))
                        .as("beside %s runs", promotion.getName())
                        .isNull();
            }
        }
    }

    /** One that is being taken back has left its lane to what does that. */
    private static boolean holdsItsLane(Promotion promotion) {
        return switch (promotion.getState()) {
            case RUNNING, HELD -> true;
            case VERIFYING -> promotion.getRolledBackBy().isEmpty();
            default -> false;
        };
    }

    /** What takes something back by itself runs in the room of that. */
    private void noMoreRunThanMay(List<Promotion> all) {
        List<String> running =
                all.stream()
                        .filter(one ->
                                one.getState() == Promotion.State.RUNNING
                                        || one.getState() == Promotion.State.VERIFYING)
                        .filter(one -> one.getRollbackOf().isEmpty())
                        .map(Promotion::getName)
                        .toList();
        assertThat(running).as("what runs").hasSizeLessThanOrEqualTo(most);
    }

    private static void onlyTheAllowedRuns(Promotion promotion) {
        if (promotion.hasStartTime()) {
            assertThat(promotion.getDecision().getVerdict())
                    .as("verdict on %s", promotion.getName())
                    .isEqualTo(Verdict.ALLOW);
            assertThat(promotion.getDecision().getPlanDigest())
                    .as("digest that was allowed of %s", promotion.getName())
                    .isEqualTo(promotion.getPlan().getDigest());
        }
    }

    private static void approvalsAreOfThePresentPlan(Promotion promotion) {
        Set<String> approvers = new HashSet<>();
        for (Approval approval : promotion.getApprovalsList()) {
            if (approval.getState() == Approval.State.APPROVED) {
                assertThat(approval.getPlanDigest())
                        .as("approval of %s", promotion.getName())
                        .isEqualTo(promotion.getPlan().getDigest());
                approvers.add(approval.getApprover());
            }
        }
        approvers.remove(promotion.getRequester());
        if (promotion.hasStartTime()) {
            for (RuleVerdict rule : promotion.getDecision().getRulesList()) {
                assertThat((long) approvers.size())
                        .as("who approved %s, by %s", promotion.getName(), rule.getRule())
                        .isGreaterThanOrEqualTo(rule.getApprovalsRequired());
            }
        }
    }

    /** A server that lags, a lost answer or a takeover is not taken for somebody else. */
    private void nobodyIsBlamedForNothing(Promotion promotion) {
        if (promotion.getFailureCause() == FailureCause.CHANGED_OUT_OF_BAND
                && !mistakes
                && !nomad.hid()) {
            assertThat(touched)
                    .as("where somebody else was, for %s", promotion.getStateMessage())
                    .contains(Names.id(promotion.getEnvironment()));
        }
    }

    /** A phase that has begun to register is registered, or somebody is going to do it. */
    private void whatIsToBeDoneIsNoted(Promotion promotion) {
        for (Phase phase : promotion.getRollout().getPhasesList()) {
            boolean registers = phase.getPlanned().getKind() == PlannedPhase.Kind.REGISTER;
            boolean asked =
                    phase.getState() == Phase.State.RUNNING && phase.getJobModifyIndex() == 0;
            if (registers && asked && !ending(promotion)) {
                assertThat(effects(promotion))
                        .as("to be done for %s of %s", phase.getJob(), promotion.getName())
                        .anyMatch(effect ->
                                effect instanceof RolloutEffect.Register
                                        && effect.job().equals(phase.getJob()));
            }
        }
    }

    private boolean ending(Promotion promotion) {
        return new PromotionStore(lab.files().store())
                .load(promotion.getName())
                .filter(loaded -> loaded.notes().ending().wanted())
                .isPresent();
    }

    private List<RolloutEffect> effects(Promotion promotion) {
        return lab.files().store().effects(promotion.getName()).stream()
                .map(WorkList.Effect::body)
                .map(EffectCodec::decode)
                .toList();
    }

    private static void samplesAreTakenOneByOne(Promotion promotion) {
        for (VerificationRun run : promotion.getVerificationRunsList()) {
            assertThat(run.getSamplesList().stream().map(Sample::getTime))
                    .as(
                            "times of the samples of %s for %s",
                            run.getVerification(), promotion.getName())
                    .doesNotHaveDuplicates();
        }
    }

    private void endsAreFinal(Promotion promotion) {
        Promotion before = ended.get(promotion.getName());
        if (before != null) {
            assertThat(lasting(promotion))
                    .as("%s, which had ended", promotion.getName())
                    .isEqualTo(before);
        } else if (PromotionStates.ended(promotion)) {
            ended.put(promotion.getName(), lasting(promotion));
            if (promotion.getState() == Promotion.State.SUCCEEDED) {
                successIsTrue(promotion);
            }
        }
    }

    /** All but who took it back later. */
    private static Promotion lasting(Promotion promotion) {
        return promotion.toBuilder().clearRolledBackBy().clearEtag().clearUpdateTime().build();
    }

    /** What was registered is what the release says, and Nomad calls it a success as well. */
    private void successIsTrue(Promotion promotion) {
        String namespace = Names.id(promotion.getEnvironment());
        for (Phase phase : promotion.getRollout().getPhasesList()) {
            boolean registered =
                    phase.getPlanned().getKind() == PlannedPhase.Kind.REGISTER
                            && phase.getJobModifyIndex() > 0;
            if (registered) {
                nomad.versions(namespace, phase.getJob()).stream()
                        .filter(version -> version.indexes().spec() == phase.getJobModifyIndex())
                        .forEach(version -> isOfItsRelease(promotion, phase, version));
                nomad.latestDeployment(namespace, phase.getJob())
                        .filter(latest -> latest.job().specIndex() == phase.getJobModifyIndex())
                        .ifPresent(latest ->
                                assertThat(latest.status())
                                        .as(
                                                "deployment of %s when %s succeeded",
                                                phase.getJob(), promotion.getName())
                                        .isEqualTo(DeploymentStatus.SUCCESSFUL));
            }
        }
    }

    private void isOfItsRelease(Promotion promotion, Phase phase, JobVersion version) {
        String marker = version.spec().at("/TaskGroups/0/Tasks/0/Env/RELEASE").asText();
        assertThat(lab.nouns().jobspec(promotion.getRelease(), phase.getJob()))
                .as("what %s registered as %s", promotion.getName(), phase.getJob())
                .contains("\"RELEASE\":\"" + marker + "\"");
    }

    /** Each entry goes on where the one before it ended: none is missing, and none twice. */
    private void auditLogTellsEveryState(List<Promotion> all) {
        List<AuditRecord> entries = lab.files().store().entries(entriesRead, 1000);
        entriesRead += entries.size();
        for (AuditRecord entry : entries) {
            String state = entry.event().details().get("state");
            notes.story()
                    .accept(
                            "    %s: %s"
                                    .formatted(
                                            Names.id(entry.event().resource()),
                                            entry.event().summary()));
            if (state != null) {
                String before = replayed.put(entry.event().resource(), state);
                if (before != null) {
                    assertThat(entry.event().details().get("state_before"))
                            .as("state before: %s", entry.event())
                            .isEqualTo(before);
                }
            }
        }
        for (Promotion promotion : all) {
            String state = promotion.getState().name();
            if (!state.equals(replayed.get(promotion.getName()))) {
                assertThat(replayed)
                        .as("state of %s by the audit log", promotion.getName())
                        .containsEntry(promotion.getName(), state);
            }
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
            String job = one.namespace() + "/" + one.jobId();
            assertThat(one.newVersion()).as("%s was registered unchanged", one).isTrue();
            registered.merge(job, 1, Integer::sum);
            if (one.jobId().startsWith(CHECKING)) {
                // A measurement's own: its id is made of what it measures.
                begun.put(job, 1);
            }
        }
        registered.forEach((job, count) ->
                assertThat(count)
                        .as("registrations of %s", job)
                        .isLessThanOrEqualTo(begun.getOrDefault(job, 0)));
    }

    /** But for those that the network or a server that lags may double: Nomad cannot tell. */
    private void everyRestartHappensOnce(List<Promotion> all) {
        if (nomad.restarts().isEmpty()) {
            return;
        }
        Map<String, Integer> left = new HashMap<>();
        for (Promotion promotion : all) {
            for (Phase phase : promotion.getRollout().getPhasesList()) {
                phase.getRestartsList().stream()
                        .filter(RestartedAllocation::hasAskTime)
                        .forEach(one -> left.merge(one.getAllocation(), 1, Integer::sum));
            }
        }
        List<String> more = new ArrayList<>();
        for (String allocation : nomad.restarts()) {
            if (left.merge(allocation, -1, Integer::sum) < 0) {
                more.add(allocation);
            }
        }
        assertThat(more)
                .as("allocations restarted more often than was asked for")
                .hasSizeLessThanOrEqualTo(repeatedRestarts);
    }
}
