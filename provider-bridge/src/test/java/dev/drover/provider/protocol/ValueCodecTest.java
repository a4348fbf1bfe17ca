package dev.drover.provider.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ValueCodecTest {
    private static final Type STRINGS = new Type.ListOf(Type.STRING);
    private static final Type.ObjectOf OBJECT =
            new Type.ObjectOf(Map.of("a", Type.STRING, "b", Type.NUMBER));

    static Stream<Arguments> exactBytes() {
        Value text = Value.text("x");
        return Stream.of(
                Arguments.of(Type.STRING, Absent.NULL, "c0"),
                Arguments.of(Type.STRING, Absent.UNKNOWN, "d40000"),
                Arguments.of(Type.STRING, text, "a178"),
                Arguments.of(Type.STRING, Value.text("y".repeat(32)), "d920" + "79".repeat(32)),
                Arguments.of(Type.STRING, Value.text("y".repeat(256)), "da0100" + "79".repeat(256)),
                Arguments.of(Type.BOOL, Value.bool(true), "c3"),
                Arguments.of(Type.BOOL, Value.bool(false), "c2"),
                Arguments.of(Type.NUMBER, Value.number(300), "cd012c"),
                Arguments.of(Type.NUMBER, decimal("0.1"), "a3302e31"),
                Arguments.of(Type.NUMBER, decimal("300.0"), "cd012c"),
                Arguments.of(
                        Type.NUMBER,
                        decimal("12345678901234567890123"),
                        "b7" + hex("12345678901234567890123")),
                Arguments.of(Type.NUMBER, decimal("1E+19"), "b4" + hex("10000000000000000000")),
                Arguments.of(
                        STRINGS, new Value.Sequence(List.of(text, Absent.UNKNOWN)), "92a178d40000"),
                Arguments.of(
                        new Type.SetOf(Type.STRING), new Value.Members(List.of(text)), "91a178"),
                Arguments.of(
                        new Type.MapOf(Type.STRING),
                        new Value.Entries(Map.of("k", text)),
                        "81a16ba178"),
                Arguments.of(
                        OBJECT,
                        new Value.Entries(Map.of("b", Value.number(1), "a", Absent.NULL)),
                        "82a161c0a16201"),
                Arguments.of(
                        Type.DYNAMIC,
                        new Value.Typed(Type.STRING, text),
                        "92c408" + hex("\"string\"") + "a178"),
                Arguments.of(Type.DYNAMIC, Absent.UNKNOWN, "d40000"),
                Arguments.of(
                        Type.DYNAMIC,
                        new Value.Typed(
                                new Type.TupleOf(List.of(Type.BOOL)),
                                new Value.Sequence(List.of(Value.bool(true)))),
                        "92c412" + hex("[\"tuple\",[\"bool\"]]") + "91c3"));
    }

    @ParameterizedTest
    @MethodSource("exactBytes")
    void valueHasExactlyTheseBytesInBothDirections(Type type, Value value, String bytes) {
        assertThat(HexFormat.of().formatHex(ValueEncoder.encode(type, value))).isEqualTo(bytes);
        assertThat(ValueDecoder.decode(type, HexFormat.of().parseHex(bytes))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, cc80",
        "255, ccff",
        "256, cd0100",
        "65535, cdffff",
        "65536, ce00010000",
        "4294967295, ceffffffff",
        "4294967296, cf0000000100000000",
        "9223372036854775807, cf7fffffffffffffff",
        "-1, ff",
        "-32, e0",
        "-33, d0df",
        "-128, d080",
        "-129, d1ff7f",
        "-32768, d18000",
        "-32769, d2ffff7fff",
        "-2147483648, d280000000",
        "-2147483649, d3ffffffff7fffffff",
        "-9223372036854775808, d38000000000000000"
    })
    void wholeNumberTakesTheShortestForm(String number, String bytes) {
        Value value = decimal(number);
        assertThat(HexFormat.of().formatHex(ValueEncoder.encode(Type.NUMBER, value)))
                .isEqualTo(bytes);
        assertThat(ValueDecoder.decode(Type.NUMBER, HexFormat.of().parseHex(bytes)))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, cb3fe0000000000000",
        "0.5, ca3f000000",
        "18446744073709551615, cfffffffffffffffff",
        "1000, a3316533",
        "0.10, a4302e3130"
    })
    void everyFormOfANumberIsRead(String number, String bytes) {
        assertThat(ValueDecoder.decode(Type.NUMBER, HexFormat.of().parseHex(bytes)))
                .isEqualTo(decimal(number));
    }

    @Test
    void refinedUnknownIsUnknown() {
        byte[] refined = HexFormat.of().parseHex("c7090c8201c202a4" + hex("pre-"));
        assertThat(ValueDecoder.decode(Type.STRING, refined)).isEqualTo(Absent.UNKNOWN);
    }

    @Test
    void typeOfADynamicValueMayBeText() {
        byte[] bytes = HexFormat.of().parseHex("92a8" + hex("\"string\"") + "a178");
        assertThat(ValueDecoder.decode(Type.DYNAMIC, bytes))
                .isEqualTo(new Value.Typed(Type.STRING, Value.text("x")));
    }

    @Test
    void decomposedTextIsComposed() {
        assertThat(ValueEncoder.encode(Type.STRING, Value.text("e\u0301")))
                .isEqualTo(ValueEncoder.encode(Type.STRING, Value.text("\u00e9")));
    }

    @Test
    void longCollectionsKeepTheirSize() {
        List<Value> elements = java.util.Collections.nCopies(70_000, Value.text("x"));
        Value list = new Value.Sequence(elements);
        assertThat(ValueDecoder.decode(STRINGS, ValueEncoder.encode(STRINGS, list)))
                .isEqualTo(list);
    }

    @Test
    void valueOfAnotherTypeIsRefusedWithItsPlaceButWithoutItself() {
        Type type = new Type.ListOf(OBJECT);
        Value wrong =
                new Value.Sequence(
                        List.of(
                                new Value.Entries(
                                        Map.of("a", Absent.NULL, "b", Value.text("a secret")))));
        assertThatThrownBy(() -> ValueEncoder.encode(type, wrong))
                .isInstanceOf(MismatchException.class)
                .hasMessage("[0].b: number is required, not Text");
    }

    @Test
    void missingAndExtraAttributesAreRefused() {
        assertThatThrownBy(() ->
                        ValueEncoder.encode(OBJECT, new Value.Entries(Map.of("a", Absent.NULL))))
                .hasMessage("b: the attribute is missing");
        Value extra =
                new Value.Entries(Map.of("a", Absent.NULL, "b", Absent.NULL, "c", Absent.NULL));
        assertThatThrownBy(() -> ValueEncoder.encode(OBJECT, extra))
                .hasMessage("c: there is no such attribute");
    }

    @ParameterizedTest
    @CsvSource({"c1", "92", "a5", "dd7fffffff", "a17878", "''"})
    void damagedBytesAreRefused(String bytes) {
        assertThatThrownBy(() -> ValueDecoder.decode(STRINGS, HexFormat.of().parseHex(bytes)))
                .isInstanceOf(RuntimeException.class);
    }

    private static Value decimal(String number) {
        return new Value.Decimal(new BigDecimal(number));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
