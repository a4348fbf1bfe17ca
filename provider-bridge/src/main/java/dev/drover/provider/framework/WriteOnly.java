package dev.drover.provider.framework;

import java.util.ArrayList;
import java.util.List;

/** Write-only attributes: in the configuration of each call, and nowhere else. */
public final class WriteOnly {
    private WriteOnly() {}

    /** The object without write-only values. */
    public static Value.Entries cleared(Schema schema, Value.Entries object) {
        return Walk.over(
                schema,
                object,
                List.of(),
                (path, attribute, value, others) ->
                        attribute.rules().writeOnly() ? Absent.NULL : value);
    }

    /** The write-only attributes that have a value. */
    public static List<AttributePath> used(Schema schema, Value.Entries config) {
        List<AttributePath> used = new ArrayList<>();
        Walk.over(
                schema,
                config,
                List.of(),
                (path, attribute, value, others) -> {
                    if (attribute.rules().writeOnly() && !value.isNull()) {
                        used.add(path);
                    }
                    return value;
                });
        return used;
    }
}
