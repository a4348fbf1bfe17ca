package dev.drover.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of a verification with placeholders such as {@code {{release}}}, which stand for what is
 * being verified.
 */
public final class MeasuredText {

    /** Ids of the allocations that are looked at, as a regular expression. */
    public static final String ALLOCATIONS = "allocations";

    /** Before the name of a variable of the environment. */
    public static final String VARIABLE = "variables.";

    /** Every placeholder but the environment's variables, and what it stands for. */
    public static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("project", "id of the project"),
                    Map.entry("application", "id of the application"),
                    Map.entry("environment", "id of the environment"),
                    Map.entry("namespace", "Nomad namespace of the environment"),
                    Map.entry("release", "id of the release"),
                    Map.entry("version", "version of the release, as its makers call it"),
                    Map.entry("promotion", "id of the promotion"),
                    Map.entry(ALLOCATIONS, "allocation ids, in queries of Prometheus only"));

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.*?)(?:\\}\\}|$)");
    private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private MeasuredText() {}

    /** The names of the placeholders in a text that passed the checks. */
    public static List<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(match -> match.group(1).strip()).toList();
    }

    /**
     * The text with the placeholders filled in.
     *
     * @param value what stands for a name
     */
    public static String fill(String text, Function<String, String> value) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(value.apply(match.group(1).strip())));
    }

    /** What is wrong with the placeholders of a text. */
    static List<FieldProblem> problems(String path, String text, boolean query) {
        List<FieldProblem> problems = new ArrayList<>();
        SourceText source = SourceText.of(text);
        for (MatchResult match : PLACEHOLDER.matcher(text).results().toList()) {
            String message = problem(match, query);
            if (!message.isEmpty()) {
                Position position = source.position(text.codePointCount(0, match.start()));
                problems.add(
                        FieldProblem.of(path, ExpressionProblem.at(source, position, message)));
            }
        }
        return problems;
    }

    private static String problem(MatchResult match, boolean query) {
        String name = match.group(1).strip();
        if (!match.group().endsWith("}}")) {
            return "`{{` begins a placeholder that does not end; write {{release}}";
        }
        if (name.equals(ALLOCATIONS) && !query) {
            return "{{allocations}} stands in queries only";
        }
        boolean variable =
                name.startsWith(VARIABLE)
                        && VARIABLE_NAME.matcher(name.substring(VARIABLE.length())).matches();
        if (variable || NAMES.containsKey(name)) {
            return "";
        }
        return "unknown placeholder {{"
                + name
                + "}}; "
                + NearestName.of(name, NAMES.keySet())
                        .map(near -> "did you mean {{" + near + "}}?")
                        .orElse(
                                "there are "
                                        + String.join(
                                                ", ", NAMES.keySet().stream().sorted().toList())
                                        + ", and variables.NAME for a variable of the environment");
    }
}
