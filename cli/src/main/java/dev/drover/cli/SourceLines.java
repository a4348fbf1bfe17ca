package dev.drover.cli;

import com.fasterxml.jackson.core.JsonLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file, to find in them what a parser handed over without its place.
 *
 * @param file its name in messages
 */
record SourceLines(String file, List<String> lines) {

    static SourceLines of(String file, String text) {
        return new SourceLines(file, text.lines().toList());
    }

    /** The place that a parser tells, if it does. */
    PolicyProblem.Place place(@Nullable JsonLocation value) {
        return value == null
                ? new PolicyProblem.Place(file, 0, 0)
                : new PolicyProblem.Place(file, value.getLineNr(), value.getColumnNr());
    }

    /** The place of a value, or of a part of its text where that stands in the file as it is. */
    PolicyProblem.Place place(@Nullable JsonLocation value, PolicyProblem.Part part) {
        PolicyProblem.Place whole = place(value);
        if (whole.line() == 0 || part.excerpt().isEmpty()) {
            return whole;
        }
        String text = part.excerpt().lines().findFirst().orElse("");
        // A block of YAML begins one line below its sign, a text in quotes where it stands.
        for (int line = whole.line(); line <= whole.line() + part.line(); line++) {
            int from = line == whole.line() ? whole.column() - 1 : 0;
            int found = line > lines.size() ? -1 : lines.get(line - 1).indexOf(text, from);
            boolean enough = line >= whole.line() + part.line() - 1;
            if (enough && found >= 0 && !text.isBlank()) {
                return new PolicyProblem.Place(file, line, found + part.column());
            }
        }
        return whole;
    }
}
