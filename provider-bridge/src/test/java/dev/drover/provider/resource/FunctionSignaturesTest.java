package dev.drover.provider.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.framework.Function;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What configurations rely on: each line of the golden file is one function. */
class FunctionSignaturesTest {
    @Test
    void signaturesAreAsTheyWere() throws Exception {
        String lines =
                Functions.names().stream()
                        .map(name -> line(name, Functions.of(name).orElseThrow().signature()))
                        .collect(Collectors.joining("\n", "", "\n"));
        try (InputStream golden =
                Objects.requireNonNull(
                        FunctionSignaturesTest.class.getResourceAsStream("functions.txt"))) {
            assertThat(lines).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void everyFunctionAndParameterIsDescribed() {
        for (String name : Functions.names()) {
            Function.Signature signature = Functions.of(name).orElseThrow().signature();
            assertThat(signature.summary()).as(name).isNotEmpty();
            assertThat(signature.description()).as(name).isNotEmpty();
            assertThat(signature.parameters())
                    .as(name)
                    .allSatisfy(one -> assertThat(one.description()).isNotEmpty());
        }
    }

    private static String line(String name, Function.Signature signature) {
        return name
                + signature.parameters().stream()
                        .map(one -> one.name() + " " + one.type())
                        .collect(Collectors.joining(", ", "(", ")"))
                + " "
                + signature.result();
    }
}
