package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command answers: text for people, JSON for programs. */
final class Output {
    /** The forms of an answer. */
    enum Form {
        text,
        json
    }

    @Option(
            names = {"--output", "-o"},
            defaultValue = "text",
            paramLabel = "text|json",
            description = "Form of the answer: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    Form form = Form.text;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    CommandSpec command;

    boolean json() {
        return form == Form.json;
    }

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Where progress goes: standard output for people, standard error beside JSON. */
    PrintWriter progress() {
        return json() ? command.commandLine().getErr() : out();
    }

    /** Whether somebody looks at the progress as it is written. */
    boolean watched() {
        return !json() && command.root().userObject() instanceof Main main && main.onTerminal();
    }

    void line(String text) {
        out().println(Shown.text(text));
        out().flush();
    }

    /** A line beside the answer, which never gets into what a program reads. */
    void note(String text) {
        command.commandLine().getErr().println(text);
        command.commandLine().getErr().flush();
    }

    /** A message as a JSON document, with fields as the REST API spells them. */
    void print(Message message) {
        line(json(JsonFormat.printer(), message));
    }

    /** A JSON document that is not a message of the API. */
    void print(JsonNode document) {
        line(document.toPrettyString());
    }

    /** Messages as one JSON document, an array. */
    void printAll(List<? extends Message> messages) {
        JsonFormat.Printer printer = JsonFormat.printer();
        line(
                messages.isEmpty()
                        ? "[]"
                        : messages.stream()
                                .map(message -> json(printer, message))
                                .collect(Collectors.joining(",\n", "[", "]")));
    }

    /** A message as one line of JSON, for streams. */
    void printLine(Message message) {
        line(json(JsonFormat.printer().omittingInsignificantWhitespace(), message));
    }

    private static String json(JsonFormat.Printer printer, Message message) {
        try {
            return printer.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the answer holds a message of an unknown type", e);
        }
    }

    /** Rows in aligned columns under a heading. */
    void table(List<String> heading, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(heading);
        all.addAll(rows);
        int[] widths = new int[heading.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i));
                if (i + 1 < widths.length) {
                    line.repeat(' ', widths[i] - row.get(i).length() + 2);
                }
            }
            line(line.toString().stripTrailing());
        }
    }
}
