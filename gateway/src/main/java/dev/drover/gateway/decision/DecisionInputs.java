package dev.drover.gateway.decision;

import com.google.protobuf.Timestamp;
import dev.drover.gateway.plan.Guards;
import dev.drover.gateway.plan.PlanNouns;
import dev.drover.v1.Application;
import dev.drover.v1.Calendar;
import dev.drover.v1.Cluster;
import dev.drover.v1.DecisionInput;
import dev.drover.v1.Environment;
import dev.drover.v1.EnvironmentHistory;
import dev.drover.v1.GoingBackFacts;
import dev.drover.v1.ImageFacts;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Plan;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyReference;
import dev.drover.v1.Project;
import dev.drover.v1.Release;
import dev.drover.v1.Rule;
import dev.drover.v1.Stage;
import dev.drover.v1.Suspension;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a decision is taken from, as it is recorded, and back again. The gate judges by what comes
 * back, also when it decides for the first time: what is not recorded cannot be seen by a rule.
 */
final class DecisionInputs {

    private DecisionInputs() {}

    /**
     * The input of a decision.
     *
     * @param releases what happened to the release, for every environment of the pipeline
     * @param places what happened to its application, by environment
     */
    static DecisionInput of(
            GateRequest request,
            Map<String, ReleaseHistory> releases,
            Map<String, PlaceHistory> places,
            Calendars calendars) {
        PlanNouns nouns = request.nouns();
        DecisionInput.Builder input =
                DecisionInput.newBuilder()
                        .setVariables(PolicyInputs.of(request, releases, places))
                        .setPlanDigest(request.plan().getDigest())
                        .setRelease(release(nouns.release()))
                        .setProject(project(nouns.guards().project()))
                        .setEnvironment(environment(nouns.environment()))
                        .setApplication(application(nouns.application()))
                        .setPipeline(pipeline(nouns.pipeline()))
                        .addAllApprovals(request.approvals())
                        .addAllCalendars(calendars(nouns.policies(), calendars));
        request.goingBack().map(DecisionInputs::goingBack).ifPresent(input::setGoingBack);
        request.suspensions().stream()
                .filter(one ->
                        SuspensionRules.holds(
                                one, nouns.environment().getName(), nouns.application().getName()))
                .map(DecisionInputs::suspension)
                .forEach(input::addSuspensions);
        if (request.people().accounts().known()) {
            input.setPeople(PeopleInputs.of(request));
        }
        nouns.policies().forEach(policy -> input.addPolicies(reference(policy)));
        return input.build();
    }

    /** What the rules of these policies see of it. */
    static GateRequest request(DecisionInput input, List<Policy> policies) {
        PlanNouns nouns =
                new PlanNouns(
                        input.getRelease(),
                        input.getEnvironment(),
                        input.getApplication(),
                        input.getPipeline(),
                        Cluster.getDefaultInstance(),
                        new Guards(
                                project(input),
                                input.getVariables().getPromotion().getKind(),
                                policies),
                        List.of());
        return new GateRequest(
                nouns,
                Plan.newBuilder().setDigest(input.getPlanDigest()).build(),
                input.getVariables().getPromotion(),
                new Spoken(
                        input.getApprovalsList(),
                        input.hasPeople()
                                ? PeopleInputs.known(input.getPeople())
                                : KnownPeople.NONE),
                input.hasGoingBack() ? Optional.of(goingBack(input)) : Optional.empty(),
                instant(input.getVariables().getNow()),
                input.getSuspensionsList());
    }

    /** What happened to the release, for every environment of the pipeline. */
    static Map<String, ReleaseHistory> past(DecisionInput input) {
        Map<String, EnvironmentHistory> known =
                input.getVariables().getHistory().getEnvironmentsMap();
        Map<String, ReleaseHistory> past = new LinkedHashMap<>();
        environments(input.getPipeline())
                .forEach(name ->
                        past.put(
                                name,
                                past(
                                        known.getOrDefault(
                                                PolicyInputs.id(name),
                                                EnvironmentHistory.getDefaultInstance()))));
        return past;
    }

    /** Every environment of a pipeline, by its full name. */
    static List<String> environments(Pipeline pipeline) {
        return pipeline.getStagesList().stream()
                .flatMap(stage -> stage.getEnvironmentsList().stream())
                .distinct()
                .toList();
    }

    /** The recorded calendars; others where a rule asks for one that is not among them. */
    static Calendars calendars(DecisionInput input, Calendars others) {
        Map<String, Calendar> recorded = new LinkedHashMap<>();
        input.getCalendarsList().forEach(one -> recorded.put(one.getName(), one));
        return names ->
                names.stream()
                        .map(name ->
                                recorded.containsKey(name)
                                        ? recorded.get(name)
                                        : others.named(List.of(name)).getFirst())
                        .toList();
    }

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static ReleaseHistory past(EnvironmentHistory facts) {
        return new ReleaseHistory(
                facts.getHealthy(),
                facts.getSucceeded()
                        ? Optional.of(instant(facts.getSuccessTime()))
                        : Optional.empty(),
                facts.getFailures(),
                facts.getVerificationsMap(),
                facts.getImagesList().stream().map(ImageFacts::getReference).toList());
    }

    private static List<Calendar> calendars(List<Policy> policies, Calendars calendars) {
        List<String> names =
                policies.stream()
                        .flatMap(policy -> policy.getRulesList().stream())
                        .filter(Rule::hasWindow)
                        .flatMap(rule -> rule.getWindow().getCalendarsList().stream())
                        .distinct()
                        .sorted()
                        .toList();
        return names.isEmpty()
                ? List.of()
                : calendars.named(names).stream().map(DecisionInputs::calendar).toList();
    }

    /** The project; of what was recorded without it, what its application's name says. */
    static Project project(DecisionInput input) {
        return input.hasProject()
                ? input.getProject()
                : Project.newBuilder()
                        .setName(
                                input.getApplication()
                                        .getName()
                                        .replaceFirst("/applications/.*", ""))
                        .build();
    }

    private static Project project(Project project) {
        return Project.newBuilder()
                .setName(project.getName())
                .putAllLabels(project.getLabelsMap())
                .build();
    }

    private static Release release(Release release) {
        return Release.newBuilder()
                .setName(release.getName())
                .setAuthor(release.getAuthor())
                .setState(release.getState())
                .setAbandonReason(release.getAbandonReason())
                .build();
    }

    private static Environment environment(Environment environment) {
        return Environment.newBuilder()
                .setName(environment.getName())
                .putAllLabels(environment.getLabelsMap())
                .build();
    }

    private static Application application(Application application) {
        return Application.newBuilder()
                .setName(application.getName())
                .putAllLabels(application.getLabelsMap())
                .addAllOwners(application.getOwnersList())
                .build();
    }

    private static Pipeline pipeline(Pipeline pipeline) {
        Pipeline.Builder kept = Pipeline.newBuilder().setName(pipeline.getName());
        pipeline.getStagesList().stream()
                .map(stage -> stage.toBuilder().clearStrategy())
                .map(Stage.Builder::build)
                .forEach(kept::addStages);
        return kept.build();
    }

    private static Calendar calendar(Calendar calendar) {
        return calendar.toBuilder().clearEtag().clearCreateTime().clearUpdateTime().build();
    }

    private static Suspension suspension(Suspension suspension) {
        return suspension.toBuilder().clearEtag().clearUpdateTime().build();
    }

    private static PolicyReference reference(Policy policy) {
        return PolicyReference.newBuilder()
                .setPolicy(policy.getName())
                .setRevision(policy.getRevision())
                .build();
    }

    private static GoingBackFacts goingBack(GoingBack back) {
        return GoingBackFacts.newBuilder()
                .setAutomatic(back.automatic())
                .setReleases(back.releases())
                .setRanUntil(PolicyInputs.timestamp(back.ranUntil()))
                .build();
    }

    private static GoingBack goingBack(DecisionInput input) {
        GoingBackFacts facts = input.getGoingBack();
        return new GoingBack(
                facts.getAutomatic(), facts.getReleases(), instant(facts.getRanUntil()));
    }
}
