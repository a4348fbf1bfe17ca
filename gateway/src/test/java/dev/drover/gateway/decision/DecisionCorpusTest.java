package dev.drover.gateway.decision;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.gateway.decision.DecisionCorpus.RecordedCase;
import dev.drover.v1.Policy;
import dev.drover.v1.RecordedDecision;
import dev.drover.v1.ReplayDecisionResponse;
import dev.drover.v1.RuleVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Replays decisions that earlier versions took; docs/policy-changes.md says what to do where one
 * comes out differently.
 */
class DecisionCorpusTest {
    private static final Path KEPT = Path.of("src/test/resources/decisions");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void recordedDecisionsOfEveryVersionReplayToTheSameBytes() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(KEPT)) {
            files = found.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                RecordedCase one = read(JSON.readTree(line));
                ReplayDecisionResponse replay =
                        Replays.replay(gate(), one.decision(), one.input(), one.policies());
                assertThat(replay.getDifference())
                        .as("%s of %s", one.title(), file.getFileName())
                        .isEmpty();
                assertThat(replay.getSame()).as(one.title()).isTrue();
            }
        }
    }

    @Test
    void decisionsOfThisVersionAreWrittenForTheCorpus() throws IOException {
        Path file =
                Files.createDirectories(Path.of("target/decisions"))
                        .resolve("evaluator-" + Gate.EVALUATOR_VERSION + ".jsonl");
        List<RecordedCase> cases = DecisionCorpus.all();
        Files.write(file, cases.stream().map(DecisionCorpusTest::line).toList());

        assertThat(Files.readAllLines(file)).hasSameSizeAs(cases);
        assertThat(KEPT.resolve(file.getFileName()))
                .as("each version of the evaluation has decisions in the corpus")
                .exists();
    }

    @Test
    void corpusHasEveryVerdictAndReason() {
        List<RuleVerdict> verdicts =
                DecisionCorpus.all().stream()
                        .flatMap(one -> one.decision().getDecision().getRulesList().stream())
                        .toList();
        Set<String> codes = verdicts.stream().map(RuleVerdict::getCode).collect(toSet());
        assertThat(codes)
                .contains(
                        "RELEASE_ABANDONED",
                        "ENVIRONMENT_NOT_IN_PIPELINE",
                        "EXPRESSION_FALSE",
                        "EXPRESSION_FAILED",
                        "APPROVALS_MISSING",
                        "WINDOW_CLOSED",
                        "RELEASE_SOAKING",
                        "RELEASE_NOT_VERIFIED_BEFORE");
        assertThat(verdicts).anyMatch(verdict -> !verdict.getFastTrack().isEmpty());
    }

    private static Gate gate() {
        return new Gate(
                KnownHistory.of(Map.of()),
                names -> {
                    throw new AssertionError("a replay asked for " + names);
                });
    }

    private static String line(RecordedCase one) {
        ObjectNode json = JSON.createObjectNode().put("title", one.title());
        json.put("verdict", one.decision().getDecision().getVerdict().name());
        one.policies()
                .forEach(policy -> json.withArray("policies").add(base64(policy.toByteString())));
        json.put("input", base64(one.input()));
        json.put("decision", base64(Deterministic.bytes(one.decision())));
        return json.toString();
    }

    private static RecordedCase read(JsonNode json) throws InvalidProtocolBufferException {
        List<Policy> policies = new ArrayList<>();
        for (JsonNode policy : json.path("policies")) {
            policies.add(Policy.parseFrom(bytes(policy)));
        }
        return new RecordedCase(
                json.path("title").asText(),
                policies,
                bytes(json.path("input")),
                RecordedDecision.parseFrom(bytes(json.path("decision"))));
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static ByteString bytes(JsonNode base64) {
        return ByteString.copyFrom(Base64.getDecoder().decode(base64.asText()));
    }
}
