package dev.drover.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** A small baseline in YAML: one of each noun, in an order in which they can be applied. */
final class Samples {
    private Samples() {}

    /** Noun to document; the project, the cluster and the like are called after the test. */
    static Map<String, String> baseline(String id) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "project",
                """
                name: projects/%s
                display_name: Shop
                """);
        all.put(
                "cluster",
                """
                name: clusters/%s
                servers: ['http://127.0.0.1:1']
                """);
        all.put(
                "environment",
                """
                name: projects/%s/environments/staging
                cluster: clusters/%s
                labels: {tier: staging}
                lane_mode: HOLD
                max_running_promotions: 5
                variables: {greeting: hello, replicas: 1}
                """);
        all.put(
                "pipeline",
                """
                name: projects/%s/pipelines/main
                stages:
                - {id: staging, environments: [projects/%s/environments/staging]}
                """);
        all.put(
                "verification",
                """
                name: projects/%s/verifications/smoke
                http: {url: 'http://web.example/healthz', success_condition: status == 200}
                """);
        all.put(
                "application",
                """
                name: projects/%s/applications/shop
                pipeline: projects/%s/pipelines/main
                jobs: [{id: web}]
                strategy: {canary: {count: 1}}
                """);
        all.put(
                "calendar",
                """
                name: calendars/%s
                zone: Europe/Berlin
                windows: [{title: Christmas, start: '2026-12-25'}]
                """);
        all.put(
                "policy",
                """
                name: policies/%s
                selector: {projects: [projects/%s]}
                rules: [{id: ok, expression: {expression: 'true'}}]
                """);
        all.put(
                "serviceAccount",
                """
                name: serviceAccounts/%s
                groups: [owners]
                access_level: VIEWER
                """);
        all.replaceAll((noun, text) -> text.replace("%s", id));
        return all;
    }

    /** The name in a document. */
    static String name(String document) {
        return document.lines().findFirst().orElseThrow().replaceFirst("name: ", "");
    }
}
