package dev.drover.gateway.decision;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.drover.gateway.baseline.Baseline;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.plan.SelectedPolicies;
import dev.drover.policy.window.OpenTimes;
import dev.drover.v1.Application;
import dev.drover.v1.Calendar;
import dev.drover.v1.EffectiveWindow;
import dev.drover.v1.Environment;
import dev.drover.v1.ListEffectiveWindowsRequest;
import dev.drover.v1.ListEffectiveWindowsResponse;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyProto;
import dev.drover.v1.Project;
import dev.drover.v1.PromotionFacts;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.RuleWindows;
import dev.drover.v1.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells ahead when promotions may begin to run. */
public final class WindowMethods {

    private static final Duration USUAL = Duration.ofDays(14);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int PIECES_MAX = 1000;
    static final List<String> KINDS = List.of("RELEASE", "ROLLBACK", "SCALE", "RESTART", "STOP");

    private final Lookup lookup;
    private final Baseline baseline;
    private final WindowRules windows;
    private final InstantSource clock;

    private record Guard(Policy policy, Rule rule) {}

    /** Answers from these nouns. */
    public WindowMethods(Lookup lookup, InstantSource clock) {
        this.lookup = lookup;
        this.baseline = new Baseline(lookup);
        this.windows =
                new WindowRules(names ->
                        names.stream()
                                .map(name -> lookup.get(Calendar.class, name).message())
                                .toList());
        this.clock = clock;
    }

    /** Puts ListEffectiveWindows into the table of methods. */
    public void register(Methods methods) {
        methods.add(
                PolicyProto.getDescriptor()
                        .findServiceByName("PolicyService")
                        .findMethodByName("ListEffectiveWindows"),
                (call, request) -> list(request));
    }

    /** The answer to a request; NOT_FOUND names what is missing. */
    Message list(Message message) {
        ListEffectiveWindowsRequest request = (ListEffectiveWindowsRequest) message;
        Instant from = request.hasStartTime() ? instant(request.getStartTime()) : clock.instant();
        Duration period = request.hasDuration() ? period(request.getDuration()) : USUAL;
        if (!period.isPositive() || period.compareTo(LONGEST) > 0) {
            throw wrong("duration", "must be longer than nothing, and at most 366 days");
        }
        String kind = request.getKind().isEmpty() ? "RELEASE" : request.getKind();
        if (!KINDS.contains(kind)) {
            throw wrong("kind", "must be one of " + String.join(", ", KINDS));
        }
        PromotionFacts asked =
                PromotionFacts.newBuilder()
                        .setKind(kind)
                        .setAutomated(request.getAutomated())
                        .build();
        return answer(guards(request, asked), asked, from, from.plus(period));
    }

    private ListEffectiveWindowsResponse answer(
            List<Guard> guards, PromotionFacts asked, Instant from, Instant to) {
        ListEffectiveWindowsResponse.Builder answer = ListEffectiveWindowsResponse.newBuilder();
        Map<String, OpenTimes> counting = new TreeMap<>();
        for (Guard guard : guards) {
            RuleVerdict verdict = windows.judge(guard.policy(), guard.rule(), asked, from);
            answer.addRules(
                    RuleWindows.newBuilder()
                            .setRule(verdict.getRule())
                            .setEnforcement(verdict.getEnforcement())
                            .setOpen(verdict.getVerdict() == Verdict.ALLOW)
                            .setMessage(verdict.getMessage()));
            if (Rules.counts(verdict)) {
                counting.put(verdict.getRule(), times(guard.rule(), verdict));
            }
        }
        EffectiveWindows effective = new EffectiveWindows(counting);
        List<EffectiveWindow> pieces = effective.pieces(from, to);
        if (pieces.size() > PIECES_MAX) {
            throw wrong(
                    "duration",
                    "gives %d pieces and %d is the most; ask for a shorter period"
                            .formatted(pieces.size(), PIECES_MAX));
        }
        effective
                .all()
                .nextOpen(from)
                .map(PolicyInputs::timestamp)
                .ifPresent(answer::setNextOpenTime);
        effective
                .all()
                .nextClose(from)
                .map(PolicyInputs::timestamp)
                .ifPresent(answer::setNextCloseTime);
        return answer.setOpen(effective.all().openAt(from))
                .addAllWindows(pieces)
                .setWarning(effective.neverOpen(from))
                .build();
    }

    /** What cannot be read is closed, as the gate has it. */
    private OpenTimes times(Rule rule, RuleVerdict verdict) {
        return verdict.getCode().equals("WINDOW_FAILED")
                ? new OpenTimes.Within(List.of())
                : windows.read(rule.getWindow()).open();
    }

    private List<Guard> guards(ListEffectiveWindowsRequest request, PromotionFacts asked) {
        Environment environment = baseline.environment(request.getEnvironment()).message();
        List<Policy> policies = baseline.policies().stream().map(Versioned::message).toList();
        Application application =
                request.getApplication().isEmpty()
                        ? anyOf(environment)
                        : lookup.get(Application.class, request.getApplication()).message();
        Project project = baseline.project(project(environment)).message();
        SelectedPolicies.Target target =
                new SelectedPolicies.Target(project, environment, application, asked.getKind());
        return SelectedPolicies.of(policies, target).stream()
                .flatMap(policy ->
                        policy.getRulesList().stream().map(rule -> new Guard(policy, rule)))
                .filter(guard -> guard.rule().hasWindow())
                .filter(guard -> WindowRules.concerns(guard.rule().getWindow(), asked))
                .toList();
    }

    /** One without labels: policies that choose applications by label do not guard it. */
    private static Application anyOf(Environment environment) {
        return Application.newBuilder().setName(project(environment) + "/applications/-").build();
    }

    private static String project(Environment environment) {
        return environment.getName().replaceFirst("/environments/.*", "");
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static Duration period(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    private static GatewayException wrong(String field, String message) {
        return new GatewayException(
                Reason.INVALID_FIELD, field + " " + message, ErrorDetails.field(field, message));
    }
}
