package dev.drover.policy;

import java.util.Map;
import java.util.Optional;

/** Tells which types an operator or function got, and which it takes. */
final class OperandProblems {

    private static final int SHOWN_CANDIDATES = 120;

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

    static String message(String function, String applied, Optional<String> candidates) {
        String got = TypeNames.readable(applied);
        return switch (function) {
            case "_==_", "_!=_" ->
                    "`"
                            + SIGNS.get(function)
                            + "` compares values of one type, but got "
                            + got
                            + conversion(got);
            case "_<_", "_<=_", "_>_", "_>=_" ->
                    "`"
                            + SIGNS.get(function)
                            + "` compares two numbers, texts, timestamps or durations, but got "
                            + got
                            + conversion(got);
            case "_&&_", "_||_", "!_" -> "`" + SIGNS.get(function) + "` takes bool, but got " + got;
            case "@in" -> "`in` takes a value and a list or map of such values, but got " + got;
            case "_[_]" ->
                    "`[ ]` takes a list and an int, or a map and a key of its type, but got " + got;
            case "_?_:_" -> "`? :` takes a bool and two values of one type, but got " + got;
            default ->
                    "`"
                            + SIGNS.getOrDefault(function, function)
                            + "` does not take "
                            + got
                            + takes(candidates)
                            + conversion(got);
        };
    }

    private static String takes(Optional<String> candidates) {
        return candidates
                .map(text ->
                        TypeNames.readable(text)
                                .replaceAll("%[A-Z](\\d)", "any")
                                .replace("),(", ") or ("))
                .filter(text -> text.length() <= SHOWN_CANDIDATES)
                .map(text -> "; it takes " + text)
                .orElse("");
    }

    private static String conversion(String got) {
        return got.contains("string") && got.contains("int")
                ? "; `string(...)` makes text of a number"
                : "";
    }
}
