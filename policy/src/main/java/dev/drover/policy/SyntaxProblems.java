package dev.drover.policy;

import dev.cel.common.CelIssue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells in plain words what the parser means. Only the first problem: the others mostly follow from
 * it.
 */
final class SyntaxProblems {

    private static final Pattern BAD_TOKEN =
            Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
    private static final Pattern UNEXPECTED =
            Pattern.compile(
                    "(?:mismatched|extraneous) input '(.*)' expecting (.*)", Pattern.DOTALL);
    private static final Pattern MISSING =
            Pattern.compile("missing (.*) at '(.*)'", Pattern.DOTALL);
    private static final Pattern NO_ALTERNATIVE =
            Pattern.compile("no viable alternative at input '(.*)'", Pattern.DOTALL);
    private static final Pattern TOO_LONG =
            Pattern.compile("expression code point size exceeds limit: size: (\\d+), limit (\\d+)");
    private static final Pattern UNSUPPORTED = Pattern.compile("unsupported syntax '(.*)'");
    private static final Pattern RESERVED = Pattern.compile("reserved identifier: (.*)");
    private static final Pattern BAD_ESCAPE = Pattern.compile("\\\\[^abfnrtv\"'\\\\?`xXuU0-3]");
    private static final String END = "<EOF>";

    private static final Map<String, String> INSTEAD =
            Map.of(
                    "and", "`&&`",
                    "AND", "`&&`",
                    "&", "`&&`",
                    "or", "`||`",
                    "OR", "`||`",
                    "|", "`||`",
                    "=", "`==` to compare",
                    "if", "`condition ? value : other`",
                    "is", "`==`",
                    "not", "`!`");

    private SyntaxProblems() {}

    static List<ExpressionProblem> of(SourceText source, List<CelIssue> issues) {
        CelIssue first =
                issues.stream().min(Comparator.comparingLong(SyntaxProblems::place)).orElseThrow();
        Position position = position(first);
        return List.of(
                ExpressionProblem.at(
                        source,
                        position,
                        message(first.getMessage().replace("%%", "%"), source, position)));
    }

    private static long place(CelIssue issue) {
        return ((long) issue.getSourceLocation().getLine() << 32)
                + issue.getSourceLocation().getColumn();
    }

    /** The parser counts columns from 0, and has no position for what concerns the whole. */
    private static Position position(CelIssue issue) {
        return new Position(
                Math.max(1, issue.getSourceLocation().getLine()),
                Math.max(1, issue.getSourceLocation().getColumn() + 1));
    }

    private static String message(String raw, SourceText source, Position position) {
        Matcher tooLong = TOO_LONG.matcher(raw);
        if (tooLong.matches()) {
            return "the expression has "
                    + tooLong.group(1)
                    + " characters; the limit is "
                    + tooLong.group(2);
        }
        if (raw.contains("recursion limit exceeded")) {
            return "the expression is nested more than " + Limits.NESTING + " levels deep";
        }
        Matcher badToken = BAD_TOKEN.matcher(raw);
        if (badToken.matches()) {
            return badToken(badToken.group(1).strip());
        }
        Matcher unexpected = UNEXPECTED.matcher(raw);
        if (unexpected.matches()) {
            String before = instead(source.wordBefore(position));
            return before.isEmpty()
                    ? unexpected(unexpected.group(1), unexpected.group(2))
                    : "`%s` is not an operator%s".formatted(source.wordBefore(position), before);
        }
        Matcher missing = MISSING.matcher(raw);
        if (missing.matches()) {
            return unexpected(missing.group(2), missing.group(1));
        }
        Matcher noAlternative = NO_ALTERNATIVE.matcher(raw);
        if (noAlternative.matches()) {
            return unexpected(source.wordAt(position), "");
        }
        return lessCommon(raw);
    }

    private static String lessCommon(String raw) {
        Matcher reserved = RESERVED.matcher(raw);
        if (reserved.matches()) {
            return "`" + reserved.group(1) + "` is a reserved word" + instead(reserved.group(1));
        }
        Matcher unsupported = UNSUPPORTED.matcher(raw);
        if (unsupported.matches()) {
            return "`" + unsupported.group(1) + "` is not part of the policy language";
        }
        return switch (raw) {
            case "invalid argument to has() macro" ->
                    "`has` is written `" + FunctionNames.MACROS.get("has") + "`";
            case "The argument must be a simple name" ->
                    "the first argument of a loop is the name of its variable";
            default -> raw;
        };
    }

    private static String badToken(String token) {
        if (token.startsWith("\"") || token.startsWith("'")) {
            Matcher escape = BAD_ESCAPE.matcher(token);
            return escape.find()
                    ? "`"
                            + escape.group()
                            + "` is not an escape; write `\\\\` for a backslash, or a raw text: r\"...\""
                    : "the text that starts here has no closing quote on its line";
        }
        return "`" + token + "` is not an operator or a name" + instead(token);
    }

    private static String unexpected(String found, String expected) {
        boolean few =
                !expected.contains("IDENTIFIER")
                        && !expected.contains("'=='")
                        && !expected.isEmpty();
        if (found.equals(END) || found.isEmpty()) {
            return "the expression ends too early; "
                    + (few ? expected(expected) : "a value is missing here");
        }
        String hint = instead(found);
        if (!hint.isEmpty()) {
            return "unexpected `" + found + "`" + hint;
        }
        if (expected.contains("IDENTIFIER")) {
            return "unexpected `" + found + "`; a value is missing before it";
        }
        return "unexpected `"
                + found
                + "`; "
                + (few ? expected(expected) : "an operator is missing before it");
    }

    private static String expected(String expected) {
        if (expected.equals(END)) {
            return "the expression should end here, or an operator is missing before it";
        }
        String list = expected.replaceAll("[{}]", "").replace("', '", "` or `").replace('\'', '`');
        return "expected " + list.replace(END, "the end");
    }

    private static String instead(String token) {
        String better = INSTEAD.get(token);
        return better == null ? "" : "; write " + better;
    }
}
