package dev.drover.cli;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationFacts;
import dev.drover.v1.Approval;
import dev.drover.v1.Calendar;
import dev.drover.v1.DecisionInput;
import dev.drover.v1.Environment;
import dev.drover.v1.EnvironmentFacts;
import dev.drover.v1.EnvironmentHistory;
import dev.drover.v1.Pipeline;
import dev.drover.v1.PolicyInput;
import dev.drover.v1.PolicyTestGiven;
import dev.drover.v1.Project;
import dev.drover.v1.Promotion;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseFacts;
import dev.drover.v1.Stage;
import java.util.List;
import java.util.Map;

/** Makes what a gateway would have judged of the little that somebody writes down. */
final class PolicyCase {
    private static final String PROJECT = "projects/test";
    private static final String DIGEST = "test";

    private PolicyCase() {}

    static DecisionInput input(PolicyTestGiven given, List<Calendar> calendars) {
        PolicyInput variables = variables(given);
        return DecisionInput.newBuilder()
                .setVariables(variables)
                .setPlanDigest(DIGEST)
                .setProject(
                        Project.newBuilder()
                                .setName(Names.projectOf(variables.getApplication().getName()))
                                .putAllLabels(given.getProjectLabelsMap()))
                .setRelease(
                        Release.newBuilder()
                                .setName(variables.getRelease().getName())
                                .setAuthor(variables.getRelease().getAuthor())
                                .setState(Release.State.ACTIVE))
                .setEnvironment(
                        Environment.newBuilder()
                                .setName(variables.getEnvironment().getName())
                                .putAllLabels(variables.getEnvironment().getLabelsMap()))
                .setApplication(
                        Application.newBuilder()
                                .setName(variables.getApplication().getName())
                                .putAllLabels(variables.getApplication().getLabelsMap())
                                .addAllOwners(variables.getApplication().getOwnersList()))
                .setPipeline(pipeline(given, variables.getEnvironment().getName()))
                .addAllApprovals(
                        given.getApprovalsList().stream()
                                .map(approval -> approval(approval, variables.getNow()))
                                .toList())
                .addAllCalendars(calendars)
                .mergeFrom(
                        given.hasGoingBack()
                                ? DecisionInput.newBuilder()
                                        .setGoingBack(given.getGoingBack())
                                        .build()
                                : DecisionInput.getDefaultInstance())
                .build();
    }

    /** The variables, with what follows from others. */
    static PolicyInput variables(PolicyTestGiven given) {
        PolicyInput.Builder input = given.getInput().toBuilder();
        if (given.hasTime()) {
            input.setNow(given.getTime());
        }
        if (!input.hasNow()) {
            input.setNow(Timestamps.EPOCH);
        }
        environment(input.getEnvironmentBuilder());
        application(input.getApplicationBuilder());
        release(input.getReleaseBuilder(), input.getApplication().getName(), input.getNow());
        if (input.getPromotion().getKind().isEmpty()) {
            input.getPromotionBuilder().setKind(Promotion.Kind.RELEASE.name());
        }
        Map<String, EnvironmentHistory> places = input.getHistory().getEnvironmentsMap();
        Timestamp now = input.getNow();
        places.forEach(
                (id, place) -> input.getHistoryBuilder().putEnvironments(id, soaked(place, now)));
        return input.build();
    }

    private static void environment(EnvironmentFacts.Builder environment) {
        if (environment.getName().isEmpty()) {
            environment.setName(environmentName(known(environment.getId(), "environment")));
        }
        environment.setId(Names.id(environment.getName()));
    }

    private static void application(ApplicationFacts.Builder application) {
        if (application.getName().isEmpty()) {
            String id = known(application.getId(), "application");
            application.setName(PROJECT + "/applications/" + id);
        }
        application.setId(Names.id(application.getName()));
    }

    private static void release(ReleaseFacts.Builder release, String application, Timestamp now) {
        if (release.getName().isEmpty()) {
            release.setName(application + "/releases/" + known(release.getId(), "release"));
        }
        release.setId(Names.id(release.getName()));
        if (release.hasCreateTime() && !release.hasAge()) {
            release.setAge(Timestamps.between(release.getCreateTime(), now));
        }
    }

    /** How long ago it was and when it was are the same. */
    private static EnvironmentHistory soaked(EnvironmentHistory place, Timestamp now) {
        if (place.hasSuccessTime() && !place.hasSoaked()) {
            Duration ago = Timestamps.between(place.getSuccessTime(), now);
            return place.toBuilder().setSoaked(ago).build();
        }
        if (place.hasSoaked() && !place.hasSuccessTime()) {
            Timestamp when = Timestamps.subtract(now, place.getSoaked());
            return place.toBuilder().setSuccessTime(when).build();
        }
        return place;
    }

    private static Pipeline pipeline(PolicyTestGiven given, String environment) {
        Pipeline.Builder pipeline = Pipeline.newBuilder().setName(PROJECT + "/pipelines/pipeline");
        if (given.getStagesCount() == 0) {
            return pipeline.addStages(Stage.newBuilder().setId("only").addEnvironments(environment))
                    .build();
        }
        for (Stage stage : given.getStagesList()) {
            List<String> names =
                    stage.getEnvironmentsList().stream().map(PolicyCase::environmentName).toList();
            pipeline.addStages(stage.toBuilder().clearEnvironments().addAllEnvironments(names));
        }
        return pipeline.build();
    }

    private static String environmentName(String text) {
        return text.contains("/") ? text : PROJECT + "/environments/" + text;
    }

    private static Approval approval(Approval approval, Timestamp now) {
        Approval.Builder whole = approval.toBuilder();
        if (approval.getState() == Approval.State.STATE_UNSPECIFIED) {
            whole.setState(Approval.State.APPROVED);
        }
        if (approval.getPlanDigest().isEmpty()) {
            whole.setPlanDigest(DIGEST);
        }
        if (!approval.hasCreateTime()) {
            whole.setCreateTime(now);
        }
        return whole.build();
    }

    private static String known(String id, String otherwise) {
        return id.isEmpty() ? otherwise : id;
    }
}
