package dev.drover.gateway.promotion;

import static dev.drover.v1.Promotion.State.BLOCKED;
import static dev.drover.v1.Promotion.State.HELD;
import static dev.drover.v1.Promotion.State.PENDING_APPROVAL;
import static dev.drover.v1.Promotion.State.PLANNING;
import static dev.drover.v1.Promotion.State.QUEUED;
import static dev.drover.v1.Promotion.State.RUNNING;
import static dev.drover.v1.Promotion.State.VERIFYING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.gateway.approval.ApprovalCase;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.auth.People;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.decision.Judgement;
import dev.drover.gateway.plan.Rendering;
import dev.drover.gateway.rollout.JobNotes;
import dev.drover.gateway.rollout.Transitions.Transition;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.Decision;
import dev.drover.v1.DecisionInput;
import dev.drover.v1.FailureCause;
import dev.drover.v1.JobPlan;
import dev.drover.v1.LaneMode;
import dev.drover.v1.Phase;
import dev.drover.v1.Plan;
import dev.drover.v1.Promotion;
import dev.drover.v1.Promotion.State;
import dev.drover.v1.Rollout;
import dev.drover.v1.Strategy;
import dev.drover.v1.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every line of the table of states, taken by the pure functions that decide. */
class PromotionStepTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final String NAME = "projects/shop/promotions/p1";
    private static final Principal PERSON =
            new Principal("serviceAccounts/ann", Set.of(), AccessLevel.OPERATOR);

    private final Set<Transition<State, PromotionEvent>> taken = new HashSet<>();

    @Test
    void everyLineOfTheTableIsTaken() {
        planning();
        blocked();
        pendingApproval();
        queued();
        running();
        verifying();
        held();
        assertThat(taken).containsExactlyInAnyOrderElementsOf(PromotionStates.TABLE.all());
    }

    private void planning() {
        observe(PLANNING, new Observation.PlanRefused("no"), PromotionEvent.PLAN_FAILED);
        observe(PLANNING, planned(Verdict.DENY, "d1"), PromotionEvent.DENIED);
        observe(PLANNING, planned(Verdict.REQUIRE, "d1"), PromotionEvent.REQUIRES_APPROVAL);
        observe(PLANNING, planned(Verdict.ALLOW, "d1"), PromotionEvent.ALLOWED);
        people(PLANNING);
    }

    private void blocked() {
        observe(BLOCKED, judged(Verdict.REQUIRE, false), PromotionEvent.REQUIRES_APPROVAL);
        observe(BLOCKED, judged(Verdict.ALLOW, false), PromotionEvent.ALLOWED);
        observe(BLOCKED, judged(Verdict.DENY, true), PromotionEvent.PLAN_CHANGED);
        observe(waitedTooLong(BLOCKED), judged(Verdict.DENY, false), PromotionEvent.EXPIRED);
        people(BLOCKED);
    }

    private void pendingApproval() {
        observe(PENDING_APPROVAL, judged(Verdict.DEFER, false), PromotionEvent.DENIED);
        observe(PENDING_APPROVAL, judged(Verdict.ALLOW, false), PromotionEvent.ALLOWED);
        observe(PENDING_APPROVAL, judged(Verdict.ALLOW, true), PromotionEvent.PLAN_CHANGED);
        observe(
                waitedTooLong(PENDING_APPROVAL),
                judged(Verdict.REQUIRE, false),
                PromotionEvent.EXPIRED);
        people(PENDING_APPROVAL);
    }

    private void queued() {
        observe(QUEUED, new Observation.PlanRefused("no"), PromotionEvent.PLAN_FAILED);
        observe(QUEUED, planned(Verdict.ALLOW, "d2"), PromotionEvent.PLAN_CHANGED);
        observe(QUEUED, planned(Verdict.DENY, "d1"), PromotionEvent.DENIED);
        observe(QUEUED, planned(Verdict.REQUIRE, "d1"), PromotionEvent.REQUIRES_APPROVAL);
        observe(QUEUED, planned(Verdict.ALLOW, "d1"), PromotionEvent.STARTED);
        people(QUEUED);
    }

    private void running() {
        Observation.Seen nothing =
                new Observation.Seen(Map.of(), after(Strategy.OnFailure.ROLLBACK));
        observe(RUNNING, nothing, PromotionEvent.ROLLED_OUT);
        Ending failed = Ending.failed(FailureCause.UNHEALTHY, "bad");
        observe(ending(failed, Lane.EMPTY), nothing, PromotionEvent.ROLLOUT_FAILED);
        observe(ending(failed, goodLane()), nothing, PromotionEvent.ROLLBACK_STARTED);
        observe(
                ending(Ending.cancelled("ann", "stop"), Lane.EMPTY),
                nothing,
                PromotionEvent.CANCELLED);
    }

    private void held() {
        Ending failed = Ending.failed(FailureCause.UNHEALTHY, "bad");
        Observation.Seen hold = new Observation.Seen(Map.of(), after(Strategy.OnFailure.HOLD));
        observe(ending(failed, goodLane()), hold, PromotionEvent.HELD);
        Observation over = new Observation.MeasuringEnded(after(Strategy.OnFailure.HOLD));
        observe(verifying(failed, goodLane()), over, PromotionEvent.HELD);
        command(held(failed.held(NOW)), draft -> Commands.cancel(draft, PERSON, "stop"));
        observe(
                held(failed.held(NOW).aborted("ann: stop")),
                new Observation.Held(after(Strategy.OnFailure.HOLD)),
                PromotionEvent.ROLLBACK_STARTED);
    }

    private void verifying() {
        observe(VERIFYING, new Observation.Declared("", List.of()), PromotionEvent.VERIFIED);
        Observation over = new Observation.MeasuringEnded(after(Strategy.OnFailure.ROLLBACK));
        Ending wrong = Ending.failed(FailureCause.VERIFICATION_FAILED, "too many errors");
        observe(verifying(wrong, Lane.EMPTY), over, PromotionEvent.VERIFICATION_FAILED);
        observe(verifying(wrong, goodLane()), over, PromotionEvent.ROLLBACK_STARTED);
        Ending failed = Ending.failed(FailureCause.UNHEALTHY, "bad");
        Ending cancelled = Ending.cancelled("ann", "stop");
        observe(rolledBack(failed), rollback(State.SUCCEEDED), PromotionEvent.ROLLBACK_SUCCEEDED);
        observe(rolledBack(failed), rollback(State.FAILED), PromotionEvent.ROLLBACK_FAILED);
        observe(rolledBack(cancelled), rollback(State.SUCCEEDED), PromotionEvent.CANCELLED);
    }

    private void people(State state) {
        observe(state, new Observation.Superseded(NAME + "-newer"), PromotionEvent.SUPERSEDED);
        command(state, draft -> Commands.cancel(draft, PERSON, "stop"));
        command(
                state,
                draft -> ApprovalCommands.reject(draft, PromotionStepTest::alone, PERSON, "no"));
    }

    /** A promotion that no rule guards. */
    private static ApprovalCase alone(Draft draft) {
        return new ApprovalCase(
                draft.promotion().getPlan().getDigest(),
                draft.promotion().getRequester(),
                "",
                List.of(),
                draft.promotion().getApprovalsList(),
                People.UNKNOWN,
                draft.situation().now());
    }

    @Test
    void nothingMovesATerminalState() {
        for (State state : State.values()) {
            if (PromotionStates.TABLE.terminal(state)) {
                Situation ended = at(state);
                assertThat(PromotionStep.step(ended, planned(Verdict.ALLOW, "d1")).promotion())
                        .isEqualTo(ended.promotion());
                assertThat(PromotionStep.step(ended, new Observation.Broken("x")).promotion())
                        .isEqualTo(ended.promotion());
                assertThatThrownBy(() -> Commands.cancel(Draft.of(ended), PERSON, "stop"))
                        .hasMessageContaining("cannot be cancelled");
            }
        }
    }

    @Test
    void nothingRunsWithoutAnAllowOfTheSameDigest() {
        for (Verdict verdict : List.of(Verdict.DENY, Verdict.DEFER, Verdict.REQUIRE)) {
            Step step = PromotionStep.step(at(QUEUED), planned(verdict, "d1"));
            assertThat(step.promotion().getState()).isNotEqualTo(RUNNING);
            assertThat(step.lane().queue()).isEmpty();
        }
        Step moved = PromotionStep.step(at(QUEUED), planned(Verdict.ALLOW, "d2"));
        assertThat(moved.promotion().getState()).isEqualTo(PLANNING);
    }

    @Test
    void promotionWaitsWhileAnotherRunsInItsLane() {
        Situation waiting = at(QUEUED);
        Lane busy = waiting.lane().started("projects/shop/promotions/other").queued(NAME);
        assertThat(turn(waiting, busy)).isFalse();
        assertThat(turn(waiting, waiting.lane())).isTrue();
        Step step =
                PromotionStep.step(
                        situation(waiting.promotion(), waiting.notes(), busy),
                        planned(Verdict.ALLOW, "d1"));
        assertThat(step.promotion().getState()).isEqualTo(QUEUED);
    }

    @Test
    void diagramInTheDocsIsTheTable() throws IOException {
        String drawn = PromotionStates.TABLE.mermaid();
        Path drawing = Files.createDirectories(Path.of("target/states")).resolve("promotion.mmd");
        Files.writeString(drawing, drawn);
        assertThat(Path.of("../docs/states/promotion.mmd"))
                .as("copy gateway/%s there", drawing)
                .hasContent(drawn);
    }

    private void observe(State from, Observation observation, PromotionEvent event) {
        observe(at(from), observation, event);
    }

    private void observe(Situation situation, Observation observation, PromotionEvent event) {
        expect(situation, PromotionStep.step(situation, observation), event);
    }

    private void command(State from, Consumer<Draft> verb) {
        command(at(from), verb);
    }

    private void command(Situation situation, Consumer<Draft> verb) {
        Draft draft = new Draft(situation, PERSON.account(), "call-1");
        verb.accept(draft);
        Step step = Endings.closed(draft).done();
        expect(situation, step, step.events().getFirst());
    }

    private void expect(Situation situation, Step step, PromotionEvent event) {
        State from = situation.promotion().getState();
        State to = step.promotion().getState();
        assertThat(step.events()).as("%s in %s", event, from).containsExactly(event);
        assertThat(step.audit())
                .extracting(AuditEvent::action)
                .as("%s is in the audit log", event)
                .contains(event.action());
        if (PromotionStates.TABLE.terminal(to)) {
            assertThat(step.promotion().hasEndTime()).isTrue();
            assertThat(step.lane().last()).isEqualTo(NAME);
        }
        taken.add(new Transition<>(from, event, to));
    }

    private static Situation at(State state) {
        Promotion promotion =
                Promotion.newBuilder()
                        .setName(NAME)
                        .setKind(Promotion.Kind.RELEASE)
                        .setRelease("projects/shop/applications/web/releases/2")
                        .setApplication("projects/shop/applications/web")
                        .setEnvironment("projects/shop/environments/prod")
                        .setState(state)
                        .setPlan(plan("d1"))
                        .setRollout(Rollout.newBuilder().addPhases(phase(Phase.State.SUCCEEDED)))
                        .build();
        Lane opened = Lane.EMPTY.opened(NAME, LaneMark.Rank.RELEASE);
        Lane lane = state == QUEUED ? opened.queued(NAME) : opened;
        return situation(promotion, Notes.requested(List.of(), Notes.Restore.NONE), lane);
    }

    private static boolean turn(Situation situation, Lane lane) {
        return new LaneOrder(lane, LaneMode.FIFO).turn(situation.promotion(), situation.notes());
    }

    private static Situation situation(Promotion promotion, Notes notes, Lane lane) {
        return new Situation(
                promotion,
                notes,
                lane,
                LaneMode.FIFO,
                NAME + "-rollback",
                EngineLimits.DEFAULT,
                NOW);
    }

    private static Situation waitedTooLong(State state) {
        Situation waiting = at(state);
        long since = NOW.minus(Duration.ofDays(31)).toEpochMilli();
        return situation(waiting.promotion(), waiting.notes().waitingSince(since), waiting.lane());
    }

    private static Situation ending(Ending ending, Lane lane) {
        Situation running = at(RUNNING);
        Promotion changed =
                running.promotion().toBuilder()
                        .setRollout(Rollout.newBuilder().addPhases(phase(Phase.State.FAILED)))
                        .build();
        Notes notes = running.notes().with(ending).with(Map.of("web", registered()));
        return situation(changed, notes, lane);
    }

    private static Situation verifying(Ending ending, Lane lane) {
        Situation verifying = at(VERIFYING);
        Notes notes = verifying.notes().with(ending).with(Map.of("web", registered()));
        return situation(verifying.promotion(), notes, lane);
    }

    private static Situation held(Ending ending) {
        Situation held = at(HELD);
        Notes notes = held.notes().with(ending).with(Map.of("web", registered()));
        return situation(held.promotion(), notes, goodLane());
    }

    private static AfterFailure after(Strategy.OnFailure declared) {
        return new AfterFailure(declared, Set.of());
    }

    private static Situation rolledBack(Ending ending) {
        Situation verifying = at(VERIFYING);
        return situation(
                verifying.promotion().toBuilder().setRolledBackBy(NAME + "-rollback").build(),
                verifying.notes().with(ending),
                verifying.lane());
    }

    private static Lane goodLane() {
        return Lane.EMPTY.succeeded(
                new Lane.Success(
                        "projects/shop/promotions/p0",
                        "projects/shop/applications/web/releases/1",
                        1,
                        "projects/shop/promotions/p0"),
                Map.of());
    }

    private static JobNotes registered() {
        JobNotes before = JobNotes.expecting(1);
        return new JobNotes(
                new JobNotes.Registration(1, 1, false, true), before.gate(), before.clock());
    }

    private static Phase phase(Phase.State state) {
        return Phase.newBuilder().setJob("web").setState(state).build();
    }

    private static Plan plan(String digest) {
        return Plan.newBuilder()
                .setDigest(digest)
                .addJobs(JobPlan.newBuilder().setJob("web").setChange(JobPlan.Change.CHANGED))
                .build();
    }

    private static Observation planned(Verdict verdict, String digest) {
        return new Observation.Planned(
                plan(digest),
                new Rendering(List.of()),
                judgement(Decision.newBuilder().setVerdict(verdict).setPlanDigest(digest)));
    }

    private static Observation judged(Verdict verdict, boolean stale) {
        return new Observation.Judged(judgement(Decision.newBuilder().setVerdict(verdict)), stale);
    }

    private static Judgement judgement(Decision.Builder decision) {
        return new Judgement(decision.build(), DecisionInput.getDefaultInstance());
    }

    private static Observation rollback(State state) {
        return new Observation.RollbackSeen(Promotion.newBuilder().setState(state).build());
    }
}
