package dev.drover.acceptance.bench;

import dev.drover.acceptance.Repository;
import dev.drover.gateway.nomad.NomadAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures everything, or the parts that the arguments name: provider, start, idle, promotion,
 * explain, store. Prints the tables and writes them to target/benchmarks.md.
 */
final class Benchmarks {
    private static final Set<String> ALL =
            Set.of("provider", "start", "idle", "promotion", "explain", "fleet", "store");

    private final Report report = new Report();
    private final Path directory;
    private final Set<String> parts;

    private Benchmarks(Path directory, Set<String> parts) {
        this.directory = directory;
        this.parts = parts;
    }

    public static void main(String[] arguments) throws Exception {
        Path target = Files.createDirectories(Repository.root().resolve("target"));
        Path directory = Files.createTempDirectory(target, "bench");
        try {
            Set<String> parts = arguments.length == 0 ? ALL : Set.of(arguments);
            new Benchmarks(directory, parts).run(target.resolve("benchmarks.md"));
        } finally {
            Programs.output(List.of("rm", "-rf", directory.toString()));
        }
    }

    private void run(Path file) throws Exception {
        report.text(
                "%s. Nomad, Terraform, the gateway and what measures share them."
                        .formatted(ProcFiles.machine()));
        report.text("Times are medians, with the least and the most in parentheses.");
        provider();
        gateway();
        fleet();
        store();
        report.write(file);
        System.out.println("\nwritten to " + Repository.name(file));
    }

    private void provider() throws Exception {
        if (!parts.contains("provider")) {
            return;
        }
        report.table("Provider", "", "Aim", "Drover (Java)", "hashicorp/time (Go)", "");
        Path work = directory.resolve("provider");
        Path data = Files.createDirectories(work.resolve("data"));
        try (GatewayProcess gateway = GatewayProcess.start(data, Map.of())) {
            new ProviderBench(report, work).run(gateway);
        }
    }

    private void gateway() throws Exception {
        if (parts.contains("start")) {
            report.table("Gateway: start", "", "Aim", "Drover", "", "");
            new GatewayBench(report).starts(directory);
        }
        if (Set.of("idle", "promotion", "explain").stream().noneMatch(parts::contains)) {
            return;
        }
        Path data = Files.createDirectories(directory.resolve("gateway/data"));
        try (NomadAgent nomad = NomadAgent.start();
                GatewayProcess gateway =
                        GatewayProcess.start(data, Map.of(Shop.NOMAD_TOKEN, nomad.token()))) {
            new NomadRounds(nomad.api(), "staging").makeNamespace();
            new NomadRounds(nomad.api(), "prod").makeNamespace();
            beside(nomad, gateway, Shop.declare(gateway, nomad.address()));
        }
    }

    private void beside(NomadAgent nomad, GatewayProcess gateway, Shop shop) throws Exception {
        GatewayBench bench = new GatewayBench(report);
        if (parts.contains("idle")) {
            report.table("Gateway: at rest", "", "Aim", "Drover", "nomad agent -dev", "");
            bench.idle(gateway, nomad.pid());
        }
        if (parts.contains("promotion")) {
            report.table("Promotion", "", "Aim", "Drover", "Nomad's API", "");
            new PromotionBench(report, gateway, shop, nomad).run();
        }
        if (parts.contains("explain")) {
            report.table(
                    "Explain, 1,000 calls a second",
                    "",
                    "Aim",
                    "Drover",
                    "Nomad's dry run alone",
                    "");
            new ExplainBench(report, gateway, directory).run(nomad);
        }
        report.table("Gateway: after all this", "", "Aim", "Drover", "nomad agent -dev", "");
        bench.memory("resident memory, MiB", gateway, nomad.pid());
    }

    private void fleet() throws Exception {
        if (parts.contains("fleet")) {
            report.table("Fleet", "", "Aim", "Drover", "Nomad's API", "");
            Path data = Files.createDirectories(directory.resolve("fleet/data"));
            try (NomadAgent nomad = NomadAgent.start()) {
                new FleetBench(report, data, nomad).run();
            }
        }
    }

    private void store() throws Exception {
        if (parts.contains("store")) {
            report.table("Store", "", "per second", "median, ms", "p99, ms", "slowest, ms");
            new DiskBench(report).run(directory);
        }
    }
}
