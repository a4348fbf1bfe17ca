package dev.drover.provider.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void storedStateTakesTheShapeOfTheType() {
        Type type =
                new Type.ObjectOf(
                        Map.of(
                                "name", Type.STRING,
                                "size", Type.NUMBER,
                                "on", Type.BOOL,
                                "tags", new Type.MapOf(Type.STRING),
                                "set", new Type.SetOf(Type.STRING),
                                "any", Type.DYNAMIC,
                                "added", Type.STRING));
        String json =
                """
                { "name": "a\\"\\u00e9\\n", "size": 12345678901234567890.5, "on": true, "tags": {"k": null},
                  "set": ["y", "x"], "any": {"value": [1], "type": ["tuple", ["number"]]}, "gone": [{}, []] }
                """;
        assertThat(Json.decode(type, json))
                .isEqualTo(
                        new Value.Entries(
                                Map.of(
                                        "name",
                                        Value.text("a\"é\n"),
                                        "size",
                                        new Value.Decimal(new BigDecimal("12345678901234567890.5")),
                                        "on",
                                        Value.bool(true),
                                        "tags",
                                        new Value.Entries(Map.of("k", Absent.NULL)),
                                        "set",
                                        new Value.Members(
                                                List.of(Value.text("x"), Value.text("y"))),
                                        "any",
                                        new Value.Typed(
                                                new Type.TupleOf(List.of(Type.NUMBER)),
                                                new Value.Sequence(List.of(Value.number(1)))),
                                        "added",
                                        Absent.NULL)));
    }

    @Test
    void valueOfAnotherTypeIsRefusedWithItsPlace() {
        Type type = new Type.ObjectOf(Map.of("list", new Type.ListOf(Type.NUMBER)));
        assertThatThrownBy(() -> Json.decode(type, "{\"list\": [1, \"two\"]}"))
                .hasMessage("list[1]: number is required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\" 1}",
                "\"open",
                "nul",
                "1 2",
                "{,}",
                "\"\\u12\"",
                "\"\\x\""
            })
    void brokenJsonIsRefused(String json) {
        assertThatThrownBy(() -> JsonParser.parse(json))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> JsonParser.parse("[".repeat(100_000)))
                .hasMessageContaining("less nesting");
    }

    @Test
    void quotedTextSurvivesParsing() {
        String text = "\"\\/\b\f\n\r\t\u0001\u001f é 😀";
        assertThat(JsonParser.parse(Json.quoted(text))).isEqualTo(Value.text(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"string\"",
                "\"dynamic\"",
                "[\"list\",[\"set\",[\"map\",\"number\"]]]",
                "[\"object\",{\"a\":\"bool\",\"b\":[\"tuple\",[]]}]"
            })
    void typeSurvivesParsing(String json) {
        assertThat(TypeJson.text(TypeJson.parse(json))).isEqualTo(json);
    }

    @Test
    void optionalAttributesOfATypeAreIgnored() {
        assertThat(TypeJson.parse("[\"object\",{\"a\":\"bool\"},[\"a\"]]"))
                .isEqualTo(new Type.ObjectOf(Map.of("a", Type.BOOL)));
    }
}
