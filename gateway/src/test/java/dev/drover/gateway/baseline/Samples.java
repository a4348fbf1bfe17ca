package dev.drover.gateway.baseline;

import com.google.protobuf.Message;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Calendar;
import dev.drover.v1.Cluster;
import dev.drover.v1.Environment;
import dev.drover.v1.HttpMeasurement;
import dev.drover.v1.LaneMode;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Policy;
import dev.drover.v1.Project;
import dev.drover.v1.Rule;
import dev.drover.v1.ServiceAccount;
import dev.drover.v1.Stage;
import dev.drover.v1.Verification;
import dev.drover.v1.Window;
import dev.drover.v1.WindowRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** One valid noun of every kind, by name; each refers only to those before it. */
final class Samples {
    static final Map<String, Message> ALL = all();

    private Samples() {}

    /** One more of that kind, which may stand beside the first. */
    static Message another(String name, String suffix) {
        Message sample = Objects.requireNonNull(ALL.get(name));
        return sample instanceof Application application
                ? application.toBuilder().clearJobs().addJobs(job("web" + suffix)).build()
                : sample;
    }

    private static ApplicationJob job(String id) {
        return ApplicationJob.newBuilder().setId(id).build();
    }

    private static Map<String, Message> all() {
        Map<String, Message> all = new LinkedHashMap<>();
        all.put("projects/shop", Project.newBuilder().putLabels("team", "shop").build());
        all.put(
                "clusters/local",
                Cluster.newBuilder()
                        .addServers("http://127.0.0.1:4646")
                        .setMaxRunningPromotions(20)
                        .build());
        all.put(
                "projects/shop/environments/prod",
                Environment.newBuilder()
                        .setCluster("clusters/local")
                        .putLabels("tier", "prod")
                        .setLaneMode(LaneMode.LATEST_WINS)
                        .setMaxRunningPromotions(5)
                        .build());
        all.put(
                "projects/shop/pipelines/main",
                Pipeline.newBuilder()
                        .addStages(
                                Stage.newBuilder()
                                        .setId("prod")
                                        .addEnvironments("projects/shop/environments/prod"))
                        .build());
        all.put(
                "projects/shop/verifications/smoke",
                Verification.newBuilder()
                        .setHttp(
                                HttpMeasurement.newBuilder()
                                        .setUrl("http://web.example/healthz")
                                        .setSuccessCondition("status == 200"))
                        .build());
        all.put(
                "projects/shop/applications/web",
                Application.newBuilder()
                        .setPipeline("projects/shop/pipelines/main")
                        .addJobs(job("web"))
                        .build());
        all.put(
                "calendars/holidays",
                Calendar.newBuilder()
                        .setZone("Europe/Berlin")
                        .addWindows(
                                Window.newBuilder().setTitle("Christmas").setStart("2026-12-25"))
                        .build());
        all.put(
                "policies/prod",
                Policy.newBuilder()
                        .setChangeReason("no work on holidays")
                        .addRules(
                                Rule.newBuilder()
                                        .setId("holidays")
                                        .setWindow(
                                                WindowRule.newBuilder()
                                                        .setMode(WindowRule.Mode.DENY)
                                                        .addCalendars("calendars/holidays")))
                        .addRules(
                                Rule.newBuilder()
                                        .setId("approve")
                                        .setApproval(ApprovalRule.newBuilder().setCount(1)))
                        .build());
        all.put(
                "serviceAccounts/ci",
                ServiceAccount.newBuilder().setAccessLevel(AccessLevel.OPERATOR).build());
        return all;
    }
}
