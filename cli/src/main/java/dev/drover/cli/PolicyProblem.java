package dev.drover.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that is wrong with a declaration in a file, or worth a look.
 *
 * @param place where it stands
 * @param document the name of what is declared; empty where it has none
 * @param field its path in the document; empty where the whole document is meant
 * @param text one sentence, without path and place
 * @param part which part of the field's text is meant
 * @param warning whether the gateway would take it all the same
 */
record PolicyProblem(
        Place place, String document, String field, String text, Part part, boolean warning) {

    /**
     * A place in a file.
     *
     * @param line from 1; 0 where the whole file is meant
     * @param column from 1; 0 where the whole file is meant
     */
    record Place(String file, int line, int column) {
        @Override
        public String toString() {
            return line == 0 ? file : file + ":" + line + ":" + column;
        }
    }

    /**
     * A place in the text of a field.
     *
     * @param line from 1; 0 where the whole field is meant
     * @param column from 1; 0 where the whole field is meant
     * @param excerpt the line, and a caret below the column
     */
    record Part(int line, int column, String excerpt) {
        static final Part WHOLE = new Part(0, 0, "");
    }

    /** As compilers tell it: the place first, then what, and below the line with a caret. */
    String told() {
        StringBuilder told = new StringBuilder(place + ": ");
        told.append(warning ? "warning: " : "");
        told.append(document.isEmpty() ? "" : document + ": ");
        told.append(field.isEmpty() ? "" : field + ": ");
        if (part.line() > 0) {
            told.append("line %d, column %d: ".formatted(part.line(), part.column()));
        }
        told.append(text);
        if (!part.excerpt().isEmpty()) {
            told.append('\n').append(part.excerpt().indent(4).stripTrailing());
        }
        return told.toString();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("severity", warning ? "WARNING" : "ERROR");
        json.put("file", place.file());
        if (place.line() > 0) {
            json.put("line", place.line()).put("column", place.column());
        }
        json.put("name", document).put("field", field);
        if (part.line() > 0) {
            json.put("textLine", part.line()).put("textColumn", part.column());
            json.put("excerpt", part.excerpt());
        }
        return json.put("message", text);
    }
}
