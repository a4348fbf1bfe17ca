package dev.drover.cli;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Resources of one kind in columns: those of the usual fields that the kind has and that say
 * something.
 */
final class NounTable {
    /** Fields worth a column, in the order of the columns. */
    private static final List<String> FIELDS =
            List.of(
                    "display_name",
                    "version",
                    "release",
                    "environment",
                    "cluster",
                    "pipeline",
                    "access_level",
                    "state",
                    "waiting_for");

    private NounTable() {}

    static void print(Output output, Noun kind, List<Message> rows) {
        List<String> fields =
                FIELDS.stream()
                        .filter(field -> kind.message().findFieldByName(field) != null)
                        .filter(field -> rows.stream().anyMatch(row -> !cell(row, field).isEmpty()))
                        .toList();
        List<String> heading = new ArrayList<>(List.of("NAME"));
        fields.forEach(field -> heading.add(field.toUpperCase(Locale.ROOT).replace('_', ' ')));
        heading.add("UPDATED (UTC)");
        List<List<String>> table = new ArrayList<>();
        for (Message row : rows) {
            List<String> cells = new ArrayList<>(List.of(NounCalls.text(row, "name")));
            fields.forEach(field -> cells.add(cell(row, field)));
            cells.add(Times.text(row, "update_time"));
            table.add(cells);
        }
        output.table(heading, table);
    }

    // References are told by their ids: the name of the row says where they are.
    private static String cell(Message row, String field) {
        String text = NounCalls.text(row, field);
        return switch (field) {
            case "release" -> Names.shortRelease(text);
            case "display_name" -> text;
            case "waiting_for" -> text.replaceFirst("^projects/[^/]+/(promotions/)?", "");
            default -> Names.id(text);
        };
    }
}
