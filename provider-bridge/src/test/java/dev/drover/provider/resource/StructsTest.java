package dev.drover.provider.resource;

import static dev.drover.provider.resource.Blocks.list;
import static dev.drover.provider.resource.Blocks.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructsTest {
    @Test
    void objectBecomesAStructAndComesBackWithItsType() throws Exception {
        Value.Entries object =
                object(
                        "text",
                        "t",
                        "number",
                        3,
                        "flag",
                        true,
                        "list",
                        list("a", 1),
                        "in",
                        object("x", "y"));
        Value.Typed back = (Value.Typed) Structs.value(Structs.struct(object));
        assertThat(back.value()).isEqualTo(object);
        assertThat(back.type())
                .isEqualTo(
                        new Type.ObjectOf(
                                Map.of(
                                        "text", Type.STRING,
                                        "number", Type.NUMBER,
                                        "flag", Type.BOOL,
                                        "list", new Type.TupleOf(List.of(Type.STRING, Type.NUMBER)),
                                        "in", new Type.ObjectOf(Map.of("x", Type.STRING)))));
    }

    @Test
    void nullAttributeIsLeftOutAndNullElementIsKept() throws Exception {
        Struct struct = Structs.struct(object("gone", Absent.NULL, "list", list(Absent.NULL)));
        assertThat(struct.getFieldsMap()).containsOnlyKeys("list");
        assertThat(struct.getFieldsOrThrow("list").getListValue().getValues(0).getNullValue())
                .isEqualTo(NullValue.NULL_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "3", "-2.5", "9007199254740992", "1e300"})
    void numberOfADoubleIsKept(String number) throws Exception {
        Value.Entries object = object("n", new Value.Decimal(new BigDecimal(number)));
        assertThat(((Value.Typed) Structs.value(Structs.struct(object))).value()).isEqualTo(object);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "0.12345678901234567890", "1e400"})
    void numberThatWouldComeBackAsAnotherIsRefused(String number) {
        Value.Entries object = object("n", new Value.Decimal(new BigDecimal(number)));
        assertThatThrownBy(() -> Structs.struct(object))
                .isInstanceOf(Texts.BadText.class)
                .hasMessageStartingWith("n: the number ")
                .hasMessageEndingWith(" has too many digits; write it as text");
    }

    @Test
    void anythingButAnObjectIsRefused() {
        assertThatThrownBy(() -> Structs.struct(Value.text("x")))
                .hasMessage("must be an object, such as { name = \"value\" }");
    }
}
