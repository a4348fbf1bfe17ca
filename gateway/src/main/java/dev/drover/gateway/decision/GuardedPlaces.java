package dev.drover.gateway.decision;

import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.gateway.plan.SelectedPolicies;
import dev.drover.v1.Application;
import dev.drover.v1.Environment;
import dev.drover.v1.Policy;
import dev.drover.v1.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Every environment with every application of its project, as they are now. */
final class GuardedPlaces {
    private final List<SelectedPolicies.Target> places = new ArrayList<>();

    static GuardedPlaces of(Lookup lookup) {
        GuardedPlaces all = new GuardedPlaces();
        List<Application> applications =
                lookup.list(Application.class, "").stream().map(Versioned::message).toList();
        for (Versioned<Environment> one : lookup.list(Environment.class, "")) {
            Environment environment = one.message();
            String project = environment.getName().replaceFirst("/environments/.*", "");
            // One without labels, for environments to which nothing goes yet.
            Application any = Application.newBuilder().setName(project + "/applications/-").build();
            Project of = lookup.get(Project.class, project).message();
            all.add(of, environment, any);
            applications.stream()
                    .filter(application -> application.getName().startsWith(project + "/"))
                    .forEach(application -> all.add(of, environment, application));
        }
        return all;
    }

    /** A way for each kind of promotion: a policy may guard some of them only. */
    private void add(Project project, Environment environment, Application application) {
        WindowMethods.KINDS.forEach(kind ->
                places.add(new SelectedPolicies.Target(project, environment, application, kind)));
    }

    /** Environments to which a policy guards the way of at least one application. */
    Set<String> of(Optional<Policy> policy) {
        return names(place -> policy.filter(one -> selects(one, place)).isPresent());
    }

    /** Environments to which the way of an application is guarded by one and not by the other. */
    Set<String> lost(Policy before, Optional<Policy> after) {
        return names(place ->
                selects(before, place) && after.filter(one -> selects(one, place)).isEmpty());
    }

    /** Environments to which no enforced rule of any of these policies guards any way. */
    Set<String> open(List<Policy> policies) {
        List<Policy> guarding =
                policies.stream()
                        .filter(one -> one.getRulesList().stream().anyMatch(Weakenings::guards))
                        .toList();
        Set<String> open = names(place -> true);
        open.removeAll(
                names(place -> guarding.stream().anyMatch(policy -> selects(policy, place))));
        return open;
    }

    private Set<String> names(Predicate<SelectedPolicies.Target> wanted) {
        Set<String> names = new TreeSet<>();
        places.stream().filter(wanted).forEach(place -> names.add(place.environment().getName()));
        return names;
    }

    private static boolean selects(Policy policy, SelectedPolicies.Target place) {
        return SelectedPolicies.selects(policy.getSelector(), place);
    }
}
