package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Value;
import dev.drover.provider.protocol.TerraformCore;
import dev.drover.provider.protocol.TerraformCore.RefusedException;
import dev.drover.provider.resource.DroverProvider;
import dev.drover.provider.resource.RandomBlocks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random configurations of every noun, one after the other, against a real gateway: Terraform's own
 * rules hold for each plan and apply, and after each apply the next plan is empty. {@code
 * -Ddrover.blocks=2000} tries more; {@code -Ddrover.seed=N} repeats what failed.
 */
class ProviderPropertiesTest {
    private static final int BLOCKS = Integer.getInteger("drover.blocks", 60);
    private static final long SEED = Long.getLong("drover.seed", 1);
    private static final int TRIES_PER_BLOCK = 60;

    private static final Map<String, List<String>> NAMES =
            Map.of(
                    "drover.dev/Project", List.of("projects/shop"),
                    "drover.dev/Cluster", List.of("clusters/a", "clusters/b"),
                    "drover.dev/Environment",
                            List.of("projects/shop/environments/x", "projects/shop/environments/y"),
                    "drover.dev/Pipeline", List.of("projects/shop/pipelines/x"),
                    "drover.dev/Verification", List.of("projects/shop/verifications/x"),
                    "drover.dev/Calendar", List.of("calendars/x"));

    @TempDir Path directory;
    private LocalGateway gateway;
    private DroverProvider provider;
    private TerraformCore terraform;

    static List<String> types() {
        return RandomBlocks.types();
    }

    @BeforeEach
    void begin() throws Exception {
        gateway = LocalGateway.in(directory);
        provider =
                DroverProvider.with(
                        Map.of(
                                "DROVER_ADDR",
                                gateway.address(),
                                "DROVER_TOKEN",
                                LocalGateway.TOKEN));
        terraform =
                new TerraformCore(
                        provider,
                        (level, message, cause) -> {
                            throw new AssertionError(message, cause);
                        });
        terraform.configure();
        referred();
    }

    private void referred() throws Exception {
        String cluster = "{\"servers\": [\"http://127.0.0.1:4646\"]}";
        post("projects?projectId=shop", "{}");
        post("clusters?clusterId=a", cluster);
        post("clusters?clusterId=b", cluster);
        for (String id : List.of("x", "y")) {
            post(
                    "projects/shop/environments?environmentId=" + id,
                    "{\"cluster\": \"clusters/a\", \"namespace\": \"own-" + id + "\"}");
        }
        post(
                "projects/shop/pipelines?pipelineId=x",
                "{\"stages\": [{\"id\": \"prod\", \"environments\": [\"projects/shop/environments/x\"]}]}");
        post(
                "projects/shop/verifications?verificationId=x",
                "{\"http\": {\"url\": \"http://a\", \"successCondition\": \"status == 200\"}}");
        post(
                "calendars?calendarId=x",
                "{\"zone\": \"UTC\", \"windows\": [{\"start\": \"2026-12-24\"}]}");
    }

    private void post(String path, String json) throws Exception {
        gateway.send("POST", "/v1/" + path, json);
    }

    @AfterEach
    void end() {
        provider.close();
        gateway.close();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyBlockIsAppliedOnceAndLeavesNothingToDo(String type) throws Exception {
        var random = new SplittableRandom(SEED);
        var blocks =
                new RandomBlocks(
                        random, type, provider.resource(type).orElseThrow().schema(), NAMES);
        Value state = Absent.NULL;
        Value.Entries block = blocks.block("subject");
        int applied = 0;
        for (int tries = 0; applied < BLOCKS && tries < BLOCKS * TRIES_PER_BLOCK; tries++) {
            boolean anew = state.isNull() || random.nextInt(5) == 0;
            Value.Entries wanted = anew ? blocks.block("subject") : blocks.changed(block);
            try {
                state = terraform.bring(type, blocks.early(wanted), wanted, state);
            } catch (RefusedException refused) {
                assertThat(refused.getMessage())
                        .as("seed %d, block %s", SEED, wanted)
                        .doesNotContain("Internal error", "UNKNOWN", "INTERNAL");
                assertThat(refused.getMessage())
                        .as("what is wrong shows in the plan: seed %d, block %s", SEED, wanted)
                        .doesNotStartWith("apply");
                continue;
            } catch (AssertionError broken) {
                throw new AssertionError(
                        "%s, seed %d, after %d blocks; from %s to %s"
                                .formatted(type, SEED, applied, state, wanted),
                        broken);
            }
            block = wanted;
            applied++;
            if (random.nextInt(10) == 0) {
                state = destroyed(type, (Value.Entries) state);
            }
        }
        assertThat(applied).as("valid blocks among those that were tried").isEqualTo(BLOCKS);
    }

    /** What is left: what is protected stays, and says so. */
    private Value destroyed(String type, Value.Entries state) throws Exception {
        try {
            terraform.destroy(type, state);
            return Absent.NULL;
        } catch (RefusedException refused) {
            assertThat(refused.getMessage()).contains("DELETION_PROTECTED");
            assertThat(state.get("deletion_protection")).isEqualTo(new Value.Bool(true));
            assertThat(state.get("allow_open")).isNotEqualTo(new Value.Bool(true));
            return state;
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void listOfEveryNounIsFiltered(String type) throws Exception {
        String json =
                provider.dataSource(RandomBlocks.plural(type))
                                .orElseThrow()
                                .schema()
                                .type()
                                .attributes()
                                .containsKey("project")
                        ? "{\"project\": \"shop\", \"filter\": \"%s\"}"
                        : "{\"filter\": \"%s\"}";
        var blocks =
                new RandomBlocks(
                        new SplittableRandom(SEED),
                        type,
                        provider.resource(type).orElseThrow().schema(),
                        NAMES);
        Value label = new Value.Entries(Map.of("tier", Value.text("found")));
        Value.Entries wanted = null;
        for (int tries = 0; wanted == null && tries < TRIES_PER_BLOCK; tries++) {
            Value.Entries tried = blocks.block("subject").with("labels", label);
            try {
                terraform.bring(type, tried, tried, Absent.NULL);
                wanted = tried;
            } catch (RefusedException invalid) {
                assertThat(invalid.getMessage()).doesNotStartWith("apply");
            }
        }
        assertThat(found(type, json.formatted("labels.tier = \\\"found\\\""))).hasSize(1);
        assertThat(found(type, json.formatted("labels.tier = \\\"other\\\""))).isEmpty();
    }

    private List<Value> found(String type, String json) throws Exception {
        Value.Entries data = terraform.data(RandomBlocks.plural(type), json);
        return data.values().values().stream()
                .filter(Value.Sequence.class::isInstance)
                .flatMap(list -> ((Value.Sequence) list).elements().stream())
                .toList();
    }
}
