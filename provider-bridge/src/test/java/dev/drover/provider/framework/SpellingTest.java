package dev.drover.provider.framework;

import static dev.drover.provider.framework.Attribute.Presence.COMPUTED;
import static dev.drover.provider.framework.Attribute.Presence.OPTIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpellingTest {
    private static final Attribute TEXT =
            Attribute.of("a", Type.STRING, OPTIONAL).comparedBy(String::equalsIgnoreCase);
    private static final Attribute LIST = Attribute.of("a", new Type.ListOf(Type.STRING), OPTIONAL);
    private static final Attribute WORDS = LIST.comparedBy(String::equalsIgnoreCase);
    private static final Attribute MAP =
            Attribute.of("a", new Type.MapOf(Type.STRING), OPTIONAL)
                    .comparedBy(String::equalsIgnoreCase);
    private static final Attribute PARTS =
            Attribute.nested("a", Attribute.Nesting.SET, List.of(TEXT), OPTIONAL);

    private static final Value NULL = Absent.NULL;
    private static final Value EMPTY = Value.text("");
    private static final Value EMPTY_LIST = list();

    static List<Arguments> cases() {
        return List.of(
                Arguments.of(
                        "same meaning keeps the spelling",
                        TEXT,
                        text("Hi"),
                        text("HI"),
                        text("Hi")),
                Arguments.of("other meaning is taken", TEXT, text("Hi"), text("Ho"), text("Ho")),
                Arguments.of("null text is no empty text", TEXT, NULL, EMPTY, EMPTY),
                Arguments.of("unless zero means unset", TEXT.zeroIsUnset(), NULL, EMPTY, NULL),
                Arguments.of("in both directions", TEXT.zeroIsUnset(), EMPTY, NULL, EMPTY),
                Arguments.of("null stays for an empty list", LIST, NULL, EMPTY_LIST, NULL),
                Arguments.of("empty stays for a null list", LIST, EMPTY_LIST, NULL, EMPTY_LIST),
                Arguments.of(
                        "computed list stays empty", computed(LIST), NULL, EMPTY_LIST, EMPTY_LIST),
                Arguments.of(
                        "unknown takes the value", LIST, Absent.UNKNOWN, EMPTY_LIST, EMPTY_LIST),
                Arguments.of(
                        "list of words", WORDS, list(text("A")), list(text("a")), list(text("A"))),
                Arguments.of(
                        "longer list of words",
                        WORDS,
                        list(text("A")),
                        list(text("a"), text("b")),
                        list(text("a"), text("b"))),
                Arguments.of("map of words", MAP, map("A"), map("a"), map("A")),
                Arguments.of("map of other words", MAP, map("A"), map("b"), map("b")),
                Arguments.of(
                        "elements of a set, each",
                        PARTS,
                        parts("One", "Two"),
                        parts("TWO", "three", "ONE"),
                        parts("One", "Two", "three")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void returnedValueIsSpelledLikeTheReference(
            String rule, Attribute attribute, Value reference, Value returned, Value expected) {
        Schema schema = new Schema(0, "", List.of(attribute));
        Value.Entries result = Spelling.ofReference(schema, object(returned), object(reference));
        assertThat(result.get("a")).as(rule).isEqualTo(expected);
    }

    private static Attribute computed(Attribute attribute) {
        return Attribute.of(attribute.name(), attribute.type(), COMPUTED);
    }

    private static Value.Entries object(Value value) {
        return new Value.Entries(Map.of("a", value));
    }

    private static Value text(String text) {
        return Value.text(text);
    }

    private static Value list(Value... elements) {
        return new Value.Sequence(List.of(elements));
    }

    private static Value map(String text) {
        return new Value.Entries(Map.of("k", Value.text(text)));
    }

    private static Value parts(String... texts) {
        return new Value.Members(
                java.util.Arrays.stream(texts)
                        .<Value>map(text -> object(Value.text(text)))
                        .toList());
    }
}
