package dev.drover.acceptance.bench;

import dev.drover.provider.plugin.PluginClient;
import dev.drover.provider.resource.DroverProvider;
import dev.drover.provider.sample.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How fast the packaged provider starts and plans, beside a provider that is written in Go. */
final class ProviderBench {
    private static final String GO_ADDRESS = "registry.terraform.io/hashicorp/time";
    private static final String GO_VERSION = "0.13.1";
    private static final int WARM_UPS = 3;
    private static final int STARTS = 15;
    private static final int PLANS = 7;
    private static final double HANDSHAKE_AIM = 120;
    private static final double FIRST_CALL_AIM = 300;
    private static final double PLAN_AIM = 1000;
    private static final Duration END_MAX = Duration.ofSeconds(10);

    private final Report report;
    private final Path directory;

    ProviderBench(Report report, Path directory) {
        this.report = report;
        this.directory = directory;
    }

    /** Where the one time and the other are gathered. */
    private record Pair(Spread ours, Spread theirs) {
        Pair() {
            this(new Spread(), new Spread());
        }
    }

    /** Starts of one provider. */
    private record Starts(Spread handshake, Spread firstCall, Spread cpu, Spread memory) {
        Starts() {
            this(new Spread(), new Spread(), new Spread(), new Spread());
        }
    }

    void run(GatewayProcess gateway) throws Exception {
        Path zip = Programs.providerZip();
        Files.copy(zip, mirror(DroverProvider.ADDRESS).resolve(zip.getFileName()));
        String platform = zip.toString().replaceAll(".*_(\\w+_\\w+)\\.zip", "$1");
        Path goProgram =
                mirror(GO_ADDRESS + "/" + GO_VERSION + "/" + platform)
                        .resolve("terraform-provider-time_v" + GO_VERSION);
        Files.copy(Programs.fetched("terraform-provider-time"), goProgram);
        for (Path terraform : Cli.programs()) {
            String name = terraform.getFileName().toString();
            Cli drover = drover(terraform, gateway);
            Cli go = go(terraform);
            if (terraform.equals(Cli.programs().getFirst())) {
                starts(launcher(), goProgram);
            }
            plans(name, drover, go, 1);
            plans(name, drover, go, 200);
        }
    }

    private void starts(Path drover, Path go) throws Exception {
        Starts ours = new Starts();
        Starts theirs = new Starts();
        // One after the other, so that both meet the same noise.
        for (int i = 0; i < WARM_UPS + STARTS; i++) {
            start(drover, i < WARM_UPS ? new Starts() : ours);
            start(go, i < WARM_UPS ? new Starts() : theirs);
        }
        report.aimed(
                "exec to handshake line, ms",
                HANDSHAKE_AIM,
                ours.handshake().median(),
                ours.handshake(),
                theirs.handshake());
        report.aimed(
                "exec to first call answered (schemas), ms",
                FIRST_CALL_AIM,
                ours.firstCall().median(),
                ours.firstCall(),
                theirs.firstCall());
        report.plain("processor time until then, ms", ours.cpu(), theirs.cpu());
        report.plain("resident memory then, MiB", ours.memory(), theirs.memory());
    }

    private static void start(Path program, Starts starts) throws Exception {
        PluginClient.Launch launch =
                PluginClient.prepare(List.of(program.toString()), Map.of()).quiet();
        long begin = System.nanoTime();
        try (PluginClient client = launch.start()) {
            starts.handshake().add(Spread.millisSince(begin));
            client.connect();
            client.call(
                    "tfplugin" + client.protocol() + ".Provider",
                    client.protocol() == 6 ? "GetProviderSchema" : "GetSchema",
                    new byte[0]);
            starts.firstCall().add(Spread.millisSince(begin));
            starts.cpu().add(ProcFiles.cpuMillis(client.process().pid()));
            starts.memory().add(ProcFiles.residentMib(client.process().pid()));
            client.shutDown(END_MAX);
        }
    }

    private void plans(String terraform, Cli drover, Cli go, int resources)
            throws IOException, InterruptedException {
        Pair times = new Pair();
        for (int i = 0; i < 1 + PLANS; i++) {
            double ours = plan(drover, resources);
            double theirs = plan(go, resources);
            if (i > 0) {
                times.ours().add(ours);
                times.theirs().add(theirs);
            }
        }
        String what =
                "%s plan of %d new %s, ms"
                        .formatted(terraform, resources, resources == 1 ? "resource" : "resources");
        if (resources == 1) {
            report.aimed(what, PLAN_AIM, times.ours().median(), times.ours(), times.theirs());
        } else {
            report.plain(what, times.ours(), times.theirs());
        }
    }

    private static double plan(Cli cli, int resources) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        cli.succeed("plan", "-var=n=" + resources);
        return Spread.millisSince(begin);
    }

    private Cli drover(Path terraform, GatewayProcess gateway)
            throws IOException, InterruptedException {
        return cli(
                terraform,
                "drover",
                """
                terraform {
                  required_providers {
                    drover = { source = "drover.dev/drover/drover" }
                  }
                }
                variable "n" {}
                resource "drover_project" "p" {
                  count = var.n
                  name  = "p${count.index}"
                }
                """,
                Map.of(
                        "DROVER_ADDR",
                        "http://" + gateway.address(),
                        "DROVER_TOKEN",
                        GatewayProcess.TOKEN));
    }

    private Cli go(Path terraform) throws IOException, InterruptedException {
        return cli(
                terraform,
                "time",
                """
                terraform {
                  required_providers {
                    time = { source = "%s" }
                  }
                }
                variable "n" {}
                resource "time_static" "t" {
                  count = var.n
                }
                """
                        .formatted(GO_ADDRESS),
                Map.of());
    }

    private Cli cli(Path terraform, String name, String hcl, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path work =
                Files.createDirectories(
                        directory.resolve(name).resolve(terraform.getFileName().toString()));
        Files.writeString(work.resolve("main.tf"), hcl);
        Files.writeString(
                work.resolve("cli.tfrc"),
                "provider_installation {\n  filesystem_mirror {\n    path = \"%s\"\n  }\n}\n"
                        .formatted(directory.resolve("mirror")));
        Cli cli = new Cli(terraform, work, environment);
        cli.succeed("init", "-input=false");
        return cli;
    }

    private Path mirror(String address) throws IOException {
        return Files.createDirectories(directory.resolve("mirror").resolve(address));
    }

    /** As Terraform has unpacked it. */
    private Path launcher() throws IOException {
        try (var files = Files.walk(directory.resolve("drover"))) {
            return files.filter(file ->
                            file.getFileName().toString().startsWith("terraform-provider-drover_v"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
