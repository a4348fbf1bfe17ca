package dev.drover.cli;

import dev.drover.gateway.nomad.RealNomad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A project with an application of one job, and environments {@code staging} and {@code prod} in
 * namespaces of their own on a real Nomad; prod comes after staging and asks an owner.
 */
final class Shop {
    /** Runs until it is stopped. */
    static final String WELL = "sleep 1000";

    private final String project;
    private final Drover root;
    private final Drover developer;
    private final Drover owner;
    private final Path jobspec;
    private final Map<String, String> namespaces;

    Shop(String project, LiveGateway gateway, RealNomad nomad, Path directory) throws IOException {
        this.project = project;
        this.root = gateway.in(project);
        this.jobspec = directory.resolve("web.nomad.hcl");
        try (var in = Shop.class.getResourceAsStream("web.nomad.hcl")) {
            Files.write(jobspec, in.readAllBytes());
        }
        Path token = Files.writeString(directory.resolve("nomad.token"), nomad.agent().token());
        String cluster =
                "name: clusters/%s\nservers: ['%s']\ntoken_reference: 'file:%s'\n"
                        .formatted(project, nomad.agent().address(), token);
        apply("project", "name: projects/" + project);
        apply("cluster", cluster);
        namespaces = Map.of("staging", nomad.freshNamespace(), "prod", nomad.freshNamespace());
        environment("staging", "");
        environment("prod", "");
        apply(
                "pipeline",
                "name: main\nstages:\n" + stage("staging", "") + stage("prod", "staging"));
        strategy("canary: {count: 1}");
        this.developer = gateway.account(project + "-dev", project + "-devs", project);
        this.owner = gateway.account(project + "-owner", project + "-owners", project);
        apply(
                "policy",
                """
                name: policies/%s
                selector: {projects: [projects/%s], environment_labels: {tier: prod}}
                rules:
                - id: owners-approve
                  approval: {count: 1, groups: [%s-owners]}
                """
                        .formatted(project, project, project));
    }

    private String stage(String id, String after) {
        return "- {id: %s, environments: [projects/%s/environments/%s], after: [%s]}\n"
                .formatted(id, project, id, after);
    }

    private void apply(String noun, String document) {
        root.reading(document, "apply", noun, "-f", "-").exits(0);
    }

    private void environment(String id, String more) {
        apply(
                "environment",
                "name: %s\ncluster: clusters/%s\nnamespace: %s\nlabels: {tier: %s}\n%s"
                        .formatted(id, project, namespaces.get(id), id, more));
    }

    /** Releases that are made from now on take a minute to be healthy. */
    void slow() throws IOException {
        String quick = Files.readString(jobspec);
        String slow =
                quick.replace("\"500ms\"", "\"60s\"")
                        .replace("\"10s\"", "\"120s\"")
                        .replace("\"20s\"", "\"180s\"");
        Files.writeString(jobspec, slow);
    }

    /** How the application is rolled out from now on. */
    void strategy(String strategy) {
        apply(
                "application",
                "name: shop\npipeline: projects/%s/pipelines/main\njobs: [{id: web}]\nstrategy: {%s}\n"
                        .formatted(project, strategy));
    }

    /** Makes a release whose task runs this. */
    void release(String id, String script) {
        developer
                .run(
                        "release",
                        "create",
                        "shop/" + id,
                        "--job",
                        "web=" + jobspec,
                        "--var",
                        "script=" + script)
                .exits(0);
    }

    /** The resource name of a promotion. */
    String promotion(String id) {
        return "projects/" + project + "/promotions/" + id;
    }

    Answer promote(String release, String environment, String id, String... more) {
        List<String> words = new ArrayList<>(List.of("promote", "shop/" + release, environment));
        words.addAll(List.of("--id", id));
        words.addAll(Arrays.asList(more));
        return developer.run(words.toArray(String[]::new));
    }

    Drover root() {
        return root;
    }

    Drover developer() {
        return developer;
    }

    Drover owner() {
        return owner;
    }

    Path jobspec() {
        return jobspec;
    }
}
