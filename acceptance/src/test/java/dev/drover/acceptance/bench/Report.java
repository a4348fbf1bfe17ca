package dev.drover.acceptance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tables in Markdown: printed row by row, and kept for a file. */
final class Report {
    private final List<String> lines = new ArrayList<>();

    void text(String text) {
        say("");
        say(text);
    }

    /** Begins a table. */
    void table(String title, String... columns) {
        say("");
        say("### " + title);
        say("");
        row((Object[]) columns);
        say("|---".repeat(columns.length) + "|");
    }

    void row(Object... cells) {
        say(
                "| "
                        + String.join(" | ", List.of(cells).stream().map(Object::toString).toList())
                        + " |");
    }

    /** A row with an aim: at most so much is reached. */
    void aimed(String what, double aim, double measured, Object told, Object beside) {
        row(
                what,
                "≤ " + Spread.number(aim),
                told,
                beside,
                measured <= aim ? "reached" : "**not reached**");
    }

    /** A row without an aim. */
    void plain(String what, Object told, Object beside) {
        row(what, "", told, beside, "");
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    private void say(String line) {
        lines.add(line);
        System.out.println(line);
    }
}
