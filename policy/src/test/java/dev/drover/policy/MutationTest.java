package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.drover.v1.ExpressionResult;
import dev.drover.v1.PolicyInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Random changes of good expressions and inputs: each of them has an outcome, and none is a fault
 * of the language. More of them with {@code -Ddrover.mutations=100000}, others with {@code
 * -Ddrover.seed=7}.
 */
class MutationTest {

    private static final int MUTATIONS = Integer.getInteger("drover.mutations", 10_000);
    private static final long SEED = Long.getLong("drover.seed", 1);
    private static final int INPUTS_EVERY = 4;

    private static final Pattern EXAMPLE =
            Pattern.compile("```cel( message)?\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern TOKEN =
            Pattern.compile("\\w+|\"[^\"\n]*\"|\\s+|&&|\\|\\||[<>=!]=|.", Pattern.DOTALL);

    /** What breaks programs that read texts. */
    private static final List<String> ODD =
            List.of(
                    "\0",
                    "\\",
                    "\"",
                    "'",
                    "`",
                    "😀",
                    "\uD800",
                    "\u202E",
                    "\n",
                    "{{",
                    "}}",
                    "%s",
                    "$1",
                    "-9223372036854775808",
                    "9223372036854775807",
                    "1e400",
                    "0x",
                    "b\"\\xff\"",
                    "null",
                    "[]",
                    "{}",
                    "type(1)",
                    "dyn(1)",
                    "has(",
                    "@result",
                    "__result__",
                    "google.protobuf.Any{}",
                    "drover.v1.PolicyInput{}",
                    "timestamp(\"\")",
                    "duration(\"9999999999h\")",
                    "\"a\".matches(\"(\")",
                    "?",
                    ":",
                    "//",
                    "&&&");

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final PolicyLanguage language = new PolicyLanguage();
    private final Map<FailureCode, Integer> failures = new EnumMap<>(FailureCode.class);
    private int compiled;

    @Test
    void everyMutationHasAnOutcomeAndNoneIsAFault() throws IOException {
        List<String> good = examples();
        for (int i = 0; i < MUTATIONS; i++) {
            String expression = mutated(good);
            PolicyInput input =
                    i % INPUTS_EVERY == 0 ? mutated(Inputs.shopToProd()) : Inputs.shopToProd();
            try {
                run(expression, input);
            } catch (RuntimeException | Error e) {
                fail("mutation %d of seed %d: %s".formatted(i, SEED, expression), e);
            }
        }

        assertThat(compiled).as("mutations that are still right").isGreaterThan(MUTATIONS / 25);
        assertThat(failures).doesNotContainKey(FailureCode.INTERNAL);
        assertThat(failures.keySet()).contains(FailureCode.MISSING_KEY);
    }

    private void run(String expression, PolicyInput input) {
        ExpressionResult result =
                random.nextInt(8) == 0 ? ExpressionResult.STRING : ExpressionResult.BOOL;
        Compilation compilation = language.compile(expression, result);
        assertThat(compilation.problems())
                .allSatisfy(problem -> {
                    assertThat(problem.message()).isNotBlank();
                    assertThat(problem.line()).isPositive();
                    assertThat(problem.column()).isPositive();
                });
        compilation
                .compiled()
                .ifPresent(right -> {
                    compiled++;
                    if (right.evaluate(input) instanceof Outcome.Failed failed) {
                        failures.merge(failed.code(), 1, Integer::sum);
                        assertThat(failed.message()).isNotBlank();
                    }
                });
    }

    private String mutated(List<String> good) {
        List<String> tokens = tokens(one(good));
        int times = random.nextInt(3) == 0 ? 2 : 1;
        for (int i = 0; i < times && !tokens.isEmpty(); i++) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(8)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, tokens.get(at));
                case 2 -> tokens.set(at, one(tokens));
                case 3 -> tokens.set(at, one(tokens(one(good))));
                case 4 -> tokens.add(at, one(ODD));
                case 5 -> tokens.set(at, "(" + one(good) + ")");
                case 6 -> tokens.set(at, tokens.get(at).repeat(1 + random.nextInt(40)));
                default -> tokens.set(at, letterChanged(tokens.get(at)));
            }
        }
        return String.join("", tokens);
    }

    private String letterChanged(String token) {
        int at = random.nextInt(token.length());
        char letter = (char) (random.nextBoolean() ? random.nextInt(128) : token.charAt(at) + 1);
        return token.substring(0, at) + letter + token.substring(at + 1);
    }

    /** Bytes that are changed and still are a message: any field may be missing, long or odd. */
    private PolicyInput mutated(Message input) {
        byte[] bytes = input.toByteArray();
        for (int i = 0; i <= random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        try {
            return PolicyInput.parseFrom(bytes);
        } catch (InvalidProtocolBufferException notAMessage) {
            return PolicyInput.getDefaultInstance();
        }
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static List<String> tokens(String expression) {
        List<String> tokens = new ArrayList<>();
        TOKEN.matcher(expression).results().forEach(token -> tokens.add(token.group()));
        return tokens;
    }

    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        for (String page : List.of("policy.md", "policy-cookbook.md")) {
            EXAMPLE.matcher(Files.readString(Path.of("..", "docs", page)))
                    .results()
                    .forEach(match -> examples.add(match.group(2)));
        }
        return examples;
    }
}
