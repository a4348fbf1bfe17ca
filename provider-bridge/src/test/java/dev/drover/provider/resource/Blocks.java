package dev.drover.provider.resource;

import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Cancellation;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as Terraform would send them, short to write. */
final class Blocks {
    static final Value UNKNOWN = Absent.UNKNOWN;

    private Blocks() {}

    static Noun noun(String type) {
        return Nouns.of(type).orElseThrow();
    }

    /** An object or a map: name, value, name, value. */
    static Value.Entries object(Object... namesAndValues) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], value(namesAndValues[i + 1]));
        }
        return new Value.Entries(values);
    }

    static Value list(Object... elements) {
        return new Value.Sequence(java.util.Arrays.stream(elements).map(Blocks::value).toList());
    }

    static Value set(Object... elements) {
        return new Value.Members(java.util.Arrays.stream(elements).map(Blocks::value).toList());
    }

    static Call call() {
        return new Call(new Cancellation());
    }

    /** The diagnostics of a call as {@code path | summary | detail}. */
    static List<String> told(Call call) {
        return call.diagnostics().all().stream().map(Blocks::told).toList();
    }

    static String told(Diagnostic diagnostic) {
        return diagnostic.path() + " | " + diagnostic.summary() + " | " + diagnostic.detail();
    }

    private static Value value(Object plain) {
        return switch (plain) {
            case Value value -> value;
            case String text -> Value.text(text);
            case Integer number -> Value.number(number);
            case Boolean truth -> Value.bool(truth);
            default -> throw new IllegalArgumentException(plain.toString());
        };
    }
}
