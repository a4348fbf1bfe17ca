package dev.drover.provider.protocol;

import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;

/**
 * Values to MessagePack. Every value is held against its type: Terraform would lose an object that
 * does not conform.
 */
final class ValueEncoder {
    private static final int PLAIN_DIGITS_MAX = 400;

    private final MsgpackWriter out = new MsgpackWriter();

    static byte[] encode(Type type, Value value) {
        ValueEncoder encoder = new ValueEncoder();
        encoder.write(type, value, AttributePath.ROOT);
        return encoder.out.toByteArray();
    }

    private void write(Type type, Value value, AttributePath path) {
        if (value.isNull()) {
            out.nil();
            return;
        }
        if (value.isUnknown()) {
            out.unknown();
            return;
        }
        switch (type) {
            case Type.Simple simple -> writeSimple(simple, value, path);
            case Type.ListOf list when value instanceof Value.Sequence sequence ->
                    writeElements(list.element(), sequence.elements(), path, true);
            case Type.SetOf set when value instanceof Value.Members members ->
                    writeElements(set.element(), members.elements(), path, false);
            case Type.MapOf map when value instanceof Value.Entries entries ->
                    writeMap(map, entries, path);
            case Type.ObjectOf object when value instanceof Value.Entries entries ->
                    writeObject(object, entries, path);
            case Type.TupleOf tuple when value instanceof Value.Sequence sequence ->
                    writeTuple(tuple, sequence, path);
            default -> throw mismatch(type, value, path);
        }
    }

    private void writeSimple(Type.Simple type, Value value, AttributePath path) {
        switch (value) {
            case Value.Text(String text) when type == Type.STRING ->
                    out.text(Normalizer.normalize(text, Normalizer.Form.NFC));
            case Value.Decimal(BigDecimal number) when type == Type.NUMBER -> writeNumber(number);
            case Value.Bool(boolean truth) when type == Type.BOOL -> out.bool(truth);
            case Value.Typed(Type own, Value inner) when type == Type.DYNAMIC -> {
                out.arrayHeader(2);
                out.binary(TypeJson.text(own).getBytes(StandardCharsets.UTF_8));
                write(own, inner, path);
            }
            default -> throw mismatch(type, value, path);
        }
    }

    /**
     * A whole number of 64 bits as such, anything else as decimal text: a double would lose digits.
     */
    private void writeNumber(BigDecimal number) {
        int integerDigits = number.precision() - number.scale();
        if (number.scale() <= 0
                && integerDigits <= 19
                && number.toBigIntegerExact().bitLength() <= 63) {
            out.integer(number.longValueExact());
        } else {
            boolean readable =
                    integerDigits <= PLAIN_DIGITS_MAX && number.scale() <= PLAIN_DIGITS_MAX;
            out.text(readable ? number.toPlainString() : number.toString());
        }
    }

    private void writeElements(
            Type element, List<Value> elements, AttributePath path, boolean ordered) {
        out.arrayHeader(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            write(element, elements.get(i), ordered ? path.index(i) : path);
        }
    }

    private void writeMap(Type.MapOf map, Value.Entries entries, AttributePath path) {
        out.mapHeader(entries.values().size());
        for (Map.Entry<String, Value> entry : entries.values().entrySet()) {
            out.text(entry.getKey());
            write(map.element(), entry.getValue(), path.key(entry.getKey()));
        }
    }

    private void writeObject(Type.ObjectOf object, Value.Entries entries, AttributePath path) {
        for (String name : entries.values().keySet()) {
            if (!object.attributes().containsKey(name)) {
                throw new MismatchException(path.attribute(name), "there is no such attribute");
            }
        }
        out.mapHeader(object.attributes().size());
        for (Map.Entry<String, Type> attribute : object.attributes().entrySet()) {
            String name = attribute.getKey();
            if (!entries.values().containsKey(name)) {
                throw new MismatchException(path.attribute(name), "the attribute is missing");
            }
            out.text(name);
            write(attribute.getValue(), entries.get(name), path.attribute(name));
        }
    }

    private void writeTuple(Type.TupleOf tuple, Value.Sequence sequence, AttributePath path) {
        if (sequence.elements().size() != tuple.elements().size()) {
            throw mismatch(tuple, sequence, path);
        }
        out.arrayHeader(tuple.elements().size());
        for (int i = 0; i < tuple.elements().size(); i++) {
            write(tuple.elements().get(i), sequence.elements().get(i), path.index(i));
        }
    }

    /** Without the value itself: it may be a secret. */
    private static MismatchException mismatch(Type type, Value value, AttributePath path) {
        String kind = value.getClass().getSimpleName();
        return new MismatchException(path, TypeJson.readable(type) + " is required, not " + kind);
    }
}
