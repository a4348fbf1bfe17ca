package dev.drover.gateway.decision;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.drover.gateway.plan.Namespaces;
import dev.drover.policy.ImageReference;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationFacts;
import dev.drover.v1.Environment;
import dev.drover.v1.EnvironmentFacts;
import dev.drover.v1.PolicyInput;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseFacts;
import java.time.Instant;
import java.util.Map;

/** What expressions see, from the nouns, the plan and the history. */
final class PolicyInputs {

    private PolicyInputs() {}

    /**
     * The variables of all expressions.
     *
     * @param releases what happened to the release, for every environment of the pipeline
     * @param places what happened to its application, by environment
     */
    static PolicyInput of(
            GateRequest request,
            Map<String, ReleaseHistory> releases,
            Map<String, PlaceHistory> places) {
        Timestamp now = timestamp(request.now());
        return PolicyInput.newBuilder()
                .setRelease(
                        release(request.nouns().release(), now)
                                .addAllImages(
                                        PlannedImages.of(request.plan()).stream()
                                                .distinct()
                                                .map(ImageReference::facts)
                                                .toList()))
                .setApplication(application(request.nouns().application()))
                .setEnvironment(environment(request.nouns().environment()))
                .setPromotion(request.asked())
                .setPlan(PlanFactsOf.plan(request.plan()))
                .setHistory(HistoryFactsOf.of(releases, places, now))
                .setNow(now)
                .build();
    }

    static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** The last segment of a name. */
    static String id(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static ReleaseFacts.Builder release(Release release, Timestamp now) {
        return ReleaseFacts.newBuilder()
                .setId(id(release.getName()))
                .setName(release.getName())
                .setVersion(
                        release.getVersion().isEmpty()
                                ? id(release.getName())
                                : release.getVersion())
                .setAuthor(release.getAuthor())
                .setCreateTime(release.getCreateTime())
                .setAge(Timestamps.between(release.getCreateTime(), now))
                .putAllLabels(release.getLabelsMap())
                .putAllAnnotations(release.getAnnotationsMap())
                .setSourceRevision(release.getSourceRevision())
                .setDigest(release.getDigest());
    }

    private static ApplicationFacts application(Application application) {
        return ApplicationFacts.newBuilder()
                .setId(id(application.getName()))
                .setName(application.getName())
                .putAllLabels(application.getLabelsMap())
                .addAllOwners(application.getOwnersList())
                .build();
    }

    private static EnvironmentFacts environment(Environment environment) {
        return EnvironmentFacts.newBuilder()
                .setId(id(environment.getName()))
                .setName(environment.getName())
                .putAllLabels(environment.getLabelsMap())
                .setCluster(environment.getCluster())
                .setNamespace(Namespaces.of(environment))
                .build();
    }
}
