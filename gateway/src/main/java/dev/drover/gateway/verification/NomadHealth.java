package dev.drover.gateway.verification;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.CheckResult;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.TaskState;
import dev.drover.v1.NomadFacts;
import dev.drover.v1.NomadMeasurement;
import java.util.Set;
import java.util.TreeSet;

/** Measures by what Nomad tells of the new allocations and of their service checks. */
final class NomadHealth {
    private static final String ALL_WELL = "healthy == desired && checks_failing == 0";

    private final Allocations allocations;
    private final Conditions conditions;

    NomadHealth(Allocations allocations, Conditions conditions) {
        this.allocations = allocations;
        this.conditions = conditions;
    }

    Finding measure(Subject subject, NomadMeasurement declared) {
        boolean none =
                declared.getSuccessCondition().isEmpty()
                        && declared.getFailureCondition().isEmpty();
        return conditions
                .judge(
                        new Conditions.Pair(
                                "nomad",
                                none ? ALL_WELL : declared.getSuccessCondition(),
                                declared.getFailureCondition()),
                        facts(subject))
                .asking(
                        "allocations and service checks of "
                                + String.join(", ", subject.versions().sequencedKeySet())
                                + " in "
                                + subject.namespace());
    }

    private NomadFacts facts(Subject subject) {
        NomadFacts.Builder facts = NomadFacts.newBuilder();
        Set<String> failing = new TreeSet<>();
        subject.versions()
                .forEach((job, version) -> {
                    for (Allocation one : allocations.all(subject, job)) {
                        if (one.jobVersion() == version) {
                            count(subject, one, facts, failing);
                        }
                    }
                });
        return facts.addAllFailingChecks(failing).build();
    }

    private void count(
            Subject subject, Allocation one, NomadFacts.Builder facts, Set<String> failing) {
        ClientStatus status = one.state().client();
        if (status == ClientStatus.FAILED || status == ClientStatus.LOST) {
            facts.setFailed(facts.getFailed() + 1);
        }
        if (!Allocations.wanted(one)) {
            return;
        }
        facts.setDesired(facts.getDesired() + 1);
        facts.setRestarts(
                facts.getRestarts() + one.tasks().stream().mapToLong(TaskState::restarts).sum());
        if (!Allocations.runs(one)) {
            return;
        }
        facts.setRunning(facts.getRunning() + 1);
        // Jobs without deployments have no verdict of Nomad's: running is all there is to say.
        if (one.state().healthy().orElse(true)) {
            facts.setHealthy(facts.getHealthy() + 1);
        }
        for (CheckResult check :
                allocations.cluster(subject).checks(subject.namespace(), one.id())) {
            switch (check.status()) {
                case "success" -> facts.setChecksPassing(facts.getChecksPassing() + 1);
                case "failure" -> {
                    facts.setChecksFailing(facts.getChecksFailing() + 1);
                    failing.add(check.check());
                }
                default -> facts.setChecksPending(facts.getChecksPending() + 1);
            }
        }
    }
}
