package dev.drover.gateway.decision;

import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import dev.drover.gateway.baseline.Baseline;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.plan.SelectedPolicies;
import dev.drover.v1.Application;
import dev.drover.v1.Environment;
import dev.drover.v1.ListPolicyTargetsRequest;
import dev.drover.v1.ListPolicyTargetsResponse;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyProto;
import dev.drover.v1.PolicySelector;
import dev.drover.v1.PolicyTarget;
import dev.drover.v1.Project;
import dev.drover.v1.Promotion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells what a policy guards before it is saved. */
public final class PolicyTargets {

    private static final int TOLD_MAX = 1000;
    private static final Duration RECENT = Duration.ofDays(30);

    private final Lookup lookup;
    private final Baseline baseline;
    private final InstantSource clock;
    private final NeverOpen neverOpen;

    /** Answers from these nouns. */
    public PolicyTargets(Lookup lookup, InstantSource clock) {
        this.lookup = lookup;
        this.baseline = new Baseline(lookup);
        this.clock = clock;
        this.neverOpen = new NeverOpen(lookup);
    }

    /** Puts ListPolicyTargets into the table of methods. */
    public void register(Methods methods) {
        methods.add(
                PolicyProto.getDescriptor()
                        .findServiceByName("PolicyService")
                        .findMethodByName("ListPolicyTargets"),
                (call, request) -> list(((ListPolicyTargetsRequest) request).getPolicy()));
    }

    private Message list(Policy policy) {
        PolicySelector selector = policy.getSelector();
        List<Project> projects =
                lookup.list(Project.class, "").stream().map(Versioned::message).toList();
        List<Project> selected =
                projects.stream()
                        .filter(project -> SelectedPolicies.selects(selector, project))
                        .toList();
        List<SelectedPolicies.Target> targets = new ArrayList<>();
        for (Project project : selected) {
            for (SelectedPolicies.Target target : all(project)) {
                if (SelectedPolicies.selects(selector, target)) {
                    targets.add(target);
                }
            }
        }
        ListPolicyTargetsResponse.Builder answer =
                ListPolicyTargetsResponse.newBuilder()
                        .setTotalSize(targets.size())
                        .setRecentPromotions(recent(selected, selector, targets));
        targets.stream().limit(TOLD_MAX).map(PolicyTargets::told).forEach(answer::addTargets);
        if (targets.isEmpty()) {
            answer.addWarnings(
                    new NothingSelected(selector, projects, selected, baseline).sentence());
        }
        return answer.addAllWarnings(neverOpen.warnings(policy, targets, clock.instant())).build();
    }

    /** Every application in every environment of its pipeline. */
    private List<SelectedPolicies.Target> all(Project project) {
        Map<String, Environment> environments = new HashMap<>();
        baseline.environments(project.getName())
                .forEach(one -> environments.put(one.message().getName(), one.message()));
        List<SelectedPolicies.Target> all = new ArrayList<>();
        for (Versioned<Application> one : baseline.applications(project.getName())) {
            Application application = one.message();
            lookup.find(Pipeline.class, application.getPipeline()).stream()
                    .flatMap(pipeline -> environments(pipeline.message()).stream())
                    .filter(environments::containsKey)
                    .map(environments::get)
                    .map(place -> new SelectedPolicies.Target(project, place, application, ""))
                    .forEach(all::add);
        }
        return all;
    }

    private static List<String> environments(Pipeline pipeline) {
        return DecisionInputs.environments(pipeline);
    }

    private static PolicyTarget told(SelectedPolicies.Target target) {
        return PolicyTarget.newBuilder()
                .setEnvironment(target.environment().getName())
                .setApplication(target.application().getName())
                .build();
    }

    private int recent(
            List<Project> projects,
            PolicySelector selector,
            List<SelectedPolicies.Target> targets) {
        Set<PolicyTarget> guarded =
                targets.stream().map(PolicyTargets::told).collect(Collectors.toSet());
        if (guarded.isEmpty()) {
            return 0;
        }
        var since = PolicyInputs.timestamp(clock.instant().minus(RECENT));
        return (int)
                projects.stream()
                        .flatMap(project ->
                                lookup
                                        .list(Promotion.class, project.getName() + "/promotions/")
                                        .stream())
                        .map(Versioned::message)
                        .filter(one -> Timestamps.compare(one.getCreateTime(), since) >= 0)
                        .filter(one -> SelectedPolicies.selects(selector, one.getKind().name()))
                        .filter(one ->
                                guarded.contains(
                                        PolicyTarget.newBuilder()
                                                .setEnvironment(one.getEnvironment())
                                                .setApplication(one.getApplication())
                                                .build()))
                        .count();
    }
}
