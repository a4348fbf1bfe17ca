package dev.drover.policy;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.drover.v1.ApplicationFacts;
import dev.drover.v1.EnvironmentFacts;
import dev.drover.v1.EnvironmentHistory;
import dev.drover.v1.HistoryFacts;
import dev.drover.v1.ImageFacts;
import dev.drover.v1.PlanFacts;
import dev.drover.v1.PolicyInput;
import dev.drover.v1.PromotionFacts;
import dev.drover.v1.ReleaseFacts;
import java.time.Instant;

/** Inputs of evaluations. */
final class Inputs {

    private Inputs() {}

    /** A release of a web shop on its way to prod, on a Friday at 15:30 in Berlin. */
    static PolicyInput shopToProd() {
        return PolicyInput.newBuilder()
                .setRelease(
                        ReleaseFacts.newBuilder()
                                .setId("r1-1-0")
                                .setVersion("1.1.0")
                                .setAuthor("serviceAccounts/ci")
                                .setAge(hours(30))
                                .putLabels("team", "shop"))
                .setApplication(ApplicationFacts.newBuilder().setId("web").putLabels("tier", "1"))
                .setEnvironment(
                        EnvironmentFacts.newBuilder().setId("prod").putLabels("tier", "prod"))
                .setPromotion(
                        PromotionFacts.newBuilder()
                                .setKind("RELEASE")
                                .setRequester("serviceAccounts/dora")
                                .addRequesterGroups("developers"))
                .setPlan(plan())
                .setHistory(
                        HistoryFacts.newBuilder()
                                .putEnvironments("staging", inStaging())
                                .putEnvironments("prod", EnvironmentHistory.getDefaultInstance()))
                .setNow(time("2026-11-20T14:30:00Z"))
                .build();
    }

    private static PlanFacts plan() {
        return PlanFacts.newBuilder()
                .setDestructiveUpdates(12)
                .setCanaries(1)
                .addDrivers("docker")
                .addImages(image("registry.example/shop/web", "1.1.0"))
                .addImages(image("registry.example/shop/cache", "latest"))
                .addImages(image("registry.example/shop/log", "3"))
                .build();
    }

    private static EnvironmentHistory inStaging() {
        return EnvironmentHistory.newBuilder()
                .setSucceeded(true)
                .setSoaked(Duration.newBuilder().setSeconds(5400))
                .build();
    }

    private static ImageFacts image(String repository, String tag) {
        return ImageFacts.newBuilder()
                .setReference(repository + ":" + tag)
                .setRepository(repository)
                .setTag(tag)
                .build();
    }

    static Timestamp time(String text) {
        return Timestamp.newBuilder().setSeconds(Instant.parse(text).getEpochSecond()).build();
    }

    private static Duration hours(long hours) {
        return Duration.newBuilder().setSeconds(hours * 3600).build();
    }
}
