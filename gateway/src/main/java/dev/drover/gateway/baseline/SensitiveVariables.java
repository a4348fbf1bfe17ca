package dev.drover.gateway.baseline;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.gateway.record.Write;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The sensitive variables of environments: encrypted records of their own, which no method of the
 * API returns.
 */
public final class SensitiveVariables {
    private static final String KIND = "SensitiveVariables";
    private static final int MAX_FORMER = 200;
    private static final String CURRENT = "current";
    private static final String FORMER = "former";

    private final Records records;
    private final SecretBox box;

    /** Keeps them in these records. */
    public SensitiveVariables(Records records, SecretBox box) {
        this.records = records;
        this.box = box;
    }

    /**
     * What an environment has.
     *
     * @param current values by the variable's name
     * @param former values that variables had before, the newest last; what still runs may show
     *     them, so they are redacted too
     */
    public record Values(Map<String, String> current, Set<String> former) {
        static final Values NONE = new Values(Map.of(), Set.of());

        /** All values that must not be shown. */
        public Set<String> all() {
            Set<String> all = new LinkedHashSet<>(current.values());
            all.addAll(former);
            return all;
        }

        // No value may get into a log by way of a message.
        @Override
        public String toString() {
            return "Values[" + current.keySet() + "]";
        }
    }

    /** The sensitive variables of an environment, by its name. */
    public Values of(String environment) {
        return records.get(KIND, environment).map(this::open).orElse(Values.NONE);
    }

    /** A digest of a value that shows its rotation. */
    String digest(String environment, String variable, String value) {
        return box.digest(value, environment + "/" + variable);
    }

    /** Sets all variables of an environment. */
    Write set(String environment, Map<String, String> current) {
        Optional<StoredRecord> record = records.get(KIND, environment);
        Values before = record.map(this::open).orElse(Values.NONE);
        Set<String> former = before.all();
        former.removeAll(current.values());
        List<String> kept = former.stream().skip(Math.max(0, former.size() - MAX_FORMER)).toList();
        return new Write.Put(
                KIND,
                environment,
                record.map(StoredRecord::revision).orElse(Write.ABSENT),
                seal(environment, current, kept),
                List.of());
    }

    /** Forgets all variables of an environment. */
    List<Write> forget(String environment) {
        return records.get(KIND, environment).stream()
                .<Write>map(each -> new Write.Delete(KIND, environment, each.revision()))
                .toList();
    }

    private ByteString seal(String environment, Map<String, String> current, List<String> former) {
        Struct.Builder values = Struct.newBuilder();
        current.forEach((name, value) -> values.putFields(name, text(value)));
        ListValue.Builder list = ListValue.newBuilder();
        former.forEach(value -> list.addValues(text(value)));
        Struct plain =
                Struct.newBuilder()
                        .putFields(CURRENT, Value.newBuilder().setStructValue(values).build())
                        .putFields(FORMER, Value.newBuilder().setListValue(list).build())
                        .build();
        return ByteString.copyFrom(box.seal(plain.toByteArray(), environment));
    }

    private Values open(StoredRecord record) {
        try {
            Struct plain = Struct.parseFrom(box.open(record.body().toByteArray(), record.name()));
            Map<String, String> current = new TreeMap<>();
            plain.getFieldsOrThrow(CURRENT)
                    .getStructValue()
                    .getFieldsMap()
                    .forEach((name, value) -> current.put(name, value.getStringValue()));
            Set<String> former = new LinkedHashSet<>();
            plain.getFieldsOrThrow(FORMER)
                    .getListValue()
                    .getValuesList()
                    .forEach(value -> former.add(value.getStringValue()));
            return new Values(current, former);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(
                    "the sensitive variables of " + record.name() + " cannot be read", e);
        }
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }
}
