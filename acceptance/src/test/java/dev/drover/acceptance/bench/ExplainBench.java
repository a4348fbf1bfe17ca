package dev.drover.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.drover.gateway.nomad.NomadAgent;
import dev.drover.gateway.nomad.NomadApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Explains what stands between ten releases and prod, a thousand times a second, as ghz sees it.
 */
final class ExplainBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RATE = 1000;
    private static final double AIM = 20;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int DRY_RUNS = 200;

    private final Report report;
    private final GatewayProcess gateway;
    private final Path directory;

    ExplainBench(Report report, GatewayProcess gateway, Path directory) {
        this.report = report;
        this.gateway = gateway;
        this.directory = directory;
    }

    void run(NomadAgent nomad) throws IOException, InterruptedException {
        // The first round warms up the compiler.
        load("15s");
        double cpu = ProcFiles.cpuMillis(gateway.pid());
        JsonNode result = load("20s");
        double cpuMillis = ProcFiles.cpuMillis(gateway.pid()) - cpu;
        long calls = result.path("count").asLong();
        long answered = result.path("statusCodeDistribution").path("OK").asLong();
        Spread dryRuns = dryRuns(nomad);
        report.plain(
                "answered, of " + calls + " calls",
                answered + (answered == calls ? "" : "; else " + result.path("errorDistribution")),
                "");
        report.plain(
                "answers per second",
                Spread.number(result.path("rps").asDouble()),
                "one at a time: " + Spread.number(1000 / dryRuns.median()));
        report.plain("median, ms", percentile(result, 50), Spread.number(dryRuns.median()));
        report.aimed(
                "p99, ms",
                AIM,
                answered == calls ? millis(result, 99) : Double.MAX_VALUE,
                percentile(result, 99),
                Spread.number(dryRuns.at(0.99)));
        report.plain("processor time per call, ms", Spread.number(cpuMillis / calls), "");
        report.plain(
                "slowest, ms",
                Spread.number(result.path("slowest").asDouble() / NANOS_PER_MILLI),
                Spread.number(dryRuns.max()));
    }

    /** What one has of Nomad alone: what its scheduler would do, without any rule. */
    private static Spread dryRuns(NomadAgent nomad) {
        Spread spread = new Spread();
        String body =
                "{\"Diff\": true, \"Job\": "
                        + Shop.job("dry", "1").json().put("Namespace", "prod")
                        + "}";
        // One for all: each has connections of its own, of which Nomad allows a hundred.
        NomadApi api = nomad.api();
        for (int i = 0; i < DRY_RUNS; i++) {
            long begin = System.nanoTime();
            api.call("PUT", "/v1/job/dry/plan?namespace=prod", body);
            spread.add(Spread.millisSince(begin));
        }
        return spread;
    }

    private JsonNode load(String duration) throws IOException, InterruptedException {
        ArrayNode calls = JSON.createArrayNode();
        for (int i = 0; i < Shop.APPLICATIONS; i++) {
            calls.addObject()
                    .put("parent", Shop.PROJECT)
                    .put("release", Shop.releaseName(Shop.application(i), "1.0.0"))
                    .put("environment", Shop.PROD);
        }
        String token = "{\"authorization\": \"Bearer " + GatewayProcess.TOKEN + "\"}";
        Path data = Files.writeString(directory.resolve("calls.json"), calls.toString());
        return JSON.readTree(
                Programs.output(
                        List.of(
                                Programs.fetched("ghz").toString(),
                                "--insecure",
                                "--call=drover.v1.PromotionService/ExplainPromotion",
                                "--metadata=" + token,
                                "--reflect-metadata=" + token,
                                "--data-file=" + data,
                                "--rps=" + RATE,
                                "--duration=" + duration,
                                "--duration-stop=wait",
                                "--async",
                                "--concurrency=50",
                                "--connections=5",
                                "--format=json",
                                gateway.address())));
    }

    private static String percentile(JsonNode result, int part) {
        return Spread.number(millis(result, part));
    }

    private static double millis(JsonNode result, int part) {
        for (JsonNode one : result.path("latencyDistribution")) {
            if (one.path("percentage").asInt() == part) {
                return one.path("latency").asDouble() / NANOS_PER_MILLI;
            }
        }
        throw new IllegalStateException("no percentile " + part + " in " + result);
    }
}
