package dev.drover.policy;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells which types an operator or function got, and which it takes. */
final class OperandProblems {

    private static final int SHOWN_CANDIDATES = 120;

    private static final Pattern METHOD = Pattern.compile("(.+?)\\.(\\(.*\\))");
    private static final Pattern TYPE_PARAMETER = Pattern.compile("%[A-Z]\\d");

    private static final Map<String, String> SIGNS =
            Map.ofEntries(
                    Map.entry("_==_", "=="),
                    Map.entry("_!=_", "!="),
                    Map.entry("_<_", "<"),
                    Map.entry("_<=_", "<="),
                    Map.entry("_>_", ">"),
                    Map.entry("_>=_", ">="),
                    Map.entry("@in", "in"),
                    Map.entry("_+_", "+"),
                    Map.entry("_-_", "-"),
                    Map.entry("_*_", "*"),
                    Map.entry("_/_", "/"),
                    Map.entry("_%_", "%"),
                    Map.entry("_&&_", "&&"),
                    Map.entry("_||_", "||"),
                    Map.entry("!_", "!"),
                    Map.entry("-_", "-"),
                    Map.entry("_[_]", "[ ]"),
                    Map.entry("_?_:_", "? :"));

    private OperandProblems() {}

    /**
     * @param applied the types as the checker prints them: {@code (int, string)} or {@code
     *     string.(int)}
     * @param candidates what there would be, in the same form, parted by commas
     */
    static String message(String function, String applied, Optional<String> candidates) {
        String sign = SIGNS.getOrDefault(function, function);
        String got = TypeNames.readable(applied);
        return switch (function) {
            case "_==_", "_!=_" ->
                    "`%s` compares values of one type, but got %s%s"
                            .formatted(sign, got, conversion(got));
            case "_<_", "_<=_", "_>_", "_>=_" ->
                    "`%s` compares two numbers, texts, timestamps or durations, but got %s%s"
                            .formatted(sign, got, conversion(got));
            case "_&&_", "_||_", "!_" -> "`%s` takes bool, but got %s".formatted(sign, got);
            case "@in" -> "`in` takes a value and a list or map of such values, but got " + got;
            case "_[_]" ->
                    "`[ ]` takes a list and an int, or a map and a key of its type, but got " + got;
            case "_?_:_" -> "`? :` takes a bool and two values of one type, but got " + got;
            default ->
                    "`%s`%s%s%s"
                            .formatted(sign, doesNotTake(got), takes(candidates), conversion(got));
        };
    }

    /**
     * Loops are written out before they are checked: their conditions meet operators that nobody
     * wrote.
     */
    static Optional<String> ofLoop(String loop, String function, String applied) {
        int operand =
                switch (function) {
                    case "_&&_", "_||_" -> 1;
                    case "_?_:_" -> 0;
                    default -> -1;
                };
        if (operand < 0 || !FunctionNames.MACROS.containsKey(loop)) {
            return Optional.empty();
        }
        String types = TypeNames.readable(applied);
        String[] each = types.substring(1, types.length() - 1).split(", (?![^(]*\\))", -1);
        return Optional.of(
                "the condition of `%s` must yield bool, but yields %s"
                        .formatted(loop, each[operand]));
    }

    private static String doesNotTake(String got) {
        Matcher method = METHOD.matcher(got);
        return method.matches()
                ? " of %s does not take %s".formatted(method.group(1), method.group(2))
                : " does not take " + got;
    }

    private static String takes(Optional<String> candidates) {
        return candidates
                .map(text -> TYPE_PARAMETER.matcher(TypeNames.readable(text)).replaceAll("any"))
                .map(text -> text.replace("),", ") or "))
                .filter(text -> text.length() <= SHOWN_CANDIDATES)
                .map(text -> "; it takes " + METHOD.matcher(text).replaceAll("$2"))
                .orElse("");
    }

    private static String conversion(String got) {
        return got.contains("string") && got.contains("int")
                ? "; `string(...)` makes text of a number"
                : "";
    }
}
