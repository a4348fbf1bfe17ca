package dev.drover.policy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import dev.cel.runtime.CelVariableResolver;
import dev.drover.v1.PolicyInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The fields of a message as the variables of expressions. */
final class InputValues {

    private InputValues() {}

    static CelVariableResolver of(Message input) {
        Message canonical = input instanceof PolicyInput policy ? CanonicalInput.of(policy) : input;
        return name ->
                Optional.ofNullable(canonical.getDescriptorForType().findFieldByName(name))
                        .map(field -> value(field, canonical.getField(field)));
    }

    private static Object value(FieldDescriptor field, Object value) {
        return field.isMapField() ? map((List<?>) value) : value;
    }

    /** In the order of the keys, so that nothing depends on where the message comes from. */
    private static Map<String, Object> map(List<?> entries) {
        Map<String, Object> map = new TreeMap<>();
        for (Object entry : entries) {
            MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
            map.put(pair.getKey().toString(), pair.getValue());
        }
        return map;
    }
}
