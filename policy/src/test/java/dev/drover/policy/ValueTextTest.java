package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.v1.ImageFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueTextTest {

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(12L, "12"),
                Arguments.of(true, "true"),
                Arguments.of("a \"b\"\n\\", "\"a \\\"b\\\"\\n\\\\\""),
                Arguments.of("\u0007", "\"\\u0007\""),
                Arguments.of(Instant.parse("2026-11-20T14:30:00Z"), "2026-11-20T14:30:00Z"),
                Arguments.of(Duration.ZERO, "0s"),
                Arguments.of(Duration.ofMinutes(90), "1h30m"),
                Arguments.of(Duration.ofMillis(-90_500), "-1m30.5s"),
                Arguments.of(List.of(), "[]"),
                Arguments.of(List.of("a", 1L), "[\"a\", 1]"),
                Arguments.of(Map.of("a", 1L), "{\"a\": 1}"),
                Arguments.of(ImageFacts.newBuilder().setTag("1").build(), "{tag: \"1\"}"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesArePrintedAsExpressionsWriteThem(Object value, String expected) {
        assertThat(ValueText.of(value)).isEqualTo(expected);
    }

    @Test
    void longValuesAreCut() {
        assertThat(ValueText.of("😀".repeat(1000))).hasSizeLessThan(260).endsWith("😀...");
        assertThat(ValueText.of(java.util.Collections.nCopies(10_000, 1L)))
                .hasSizeLessThan(260)
                .endsWith("...");
    }
}
