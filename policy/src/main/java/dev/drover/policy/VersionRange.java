package dev.drover.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions that a text of conditions lets through, as Terraform writes them: {@code >= 1.2, <
 * 2.0}, {@code ~> 1.4}, {@code != 1.4.3}. A prerelease is let through only where a condition names
 * one of the same version, so that {@code >= 1.0} never means {@code 2.0.0-alpha}.
 */
public final class VersionRange {
    private static final int LONGEST = 500;
    private static final Pattern CONDITION =
            Pattern.compile("\\s*(=|!=|>=?|<=?|~>)?\\s*v?(\\d+(?:\\.\\d+){0,2})(-[^\\s+]+)?\\s*");

    private final List<Condition> conditions;

    private VersionRange(List<Condition> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    /**
     * Reads conditions, of which all must be met.
     *
     * @throws IllegalArgumentException with what is wrong, for their author
     */
    public static VersionRange parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the range has %d characters; at most %d".formatted(text.length(), LONGEST));
        }
        List<Condition> conditions = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            conditions.addAll(condition(each));
        }
        return new VersionRange(conditions);
    }

    /**
     * Whether a version meets all conditions.
     *
     * @throws IllegalArgumentException where the text is no version
     */
    public boolean contains(String version) {
        SemanticVersion parsed =
                SemanticVersion.parse(version)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        ValueText.quoted(version)
                                                + " is no version; write one like 1.4.2 or v1.4.2-rc.1"));
        boolean named =
                parsed.prerelease().isEmpty()
                        || conditions.stream().anyMatch(one -> one.namesPrereleaseOf(parsed));
        return named && conditions.stream().allMatch(one -> one.isMetBy(parsed));
    }

    private static List<Condition> condition(String text) {
        Matcher parts = CONDITION.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    ValueText.quoted(text.strip())
                            + " is no condition; write one like >= 1.2, ~> 1.4 or != 1.4.3,"
                            + " several with commas between them");
        }
        String operator = Optional.ofNullable(parts.group(1)).orElse("=");
        String prerelease = Optional.ofNullable(parts.group(3)).orElse("");
        List<String> numbers = List.of(parts.group(2).split("\\.", -1));
        SemanticVersion bound = version(text, numbers, prerelease);
        if (!operator.equals("~>")) {
            return List.of(new Condition(operator, bound));
        }
        if (numbers.size() == 1) {
            throw new IllegalArgumentException(
                    ValueText.quoted(text.strip())
                            + " needs two or three numbers: ~> 1.4 is >= 1.4, < 2.0");
        }
        return List.of(new Condition(">=", bound), new Condition("<", next(bound, numbers.size())));
    }

    private static SemanticVersion version(String text, List<String> numbers, String prerelease) {
        List<String> three = new ArrayList<>(numbers);
        while (three.size() < 3) {
            three.add("0");
        }
        return SemanticVersion.parse(String.join(".", three) + prerelease)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                ValueText.quoted(text.strip()) + " names no version"));
    }

    /** With the last but one of the written numbers raised. */
    private static SemanticVersion next(SemanticVersion bound, int written) {
        List<String> numbers =
                written == 2
                        ? List.of(Long.toString(bound.major() + 1), "0", "0")
                        : List.of(
                                Long.toString(bound.major()),
                                Long.toString(bound.minor() + 1),
                                "0");
        return new SemanticVersion(numbers, List.of());
    }

    private record Condition(String operator, SemanticVersion bound) {
        boolean isMetBy(SemanticVersion version) {
            int order = version.compareTo(bound);
            return switch (operator) {
                case "=" -> order == 0;
                case "!=" -> order != 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                case "<" -> order < 0;
                default -> order <= 0;
            };
        }

        boolean namesPrereleaseOf(SemanticVersion version) {
            return !operator.equals("!=")
                    && !bound.prerelease().isEmpty()
                    && bound.numbers().equals(version.numbers());
        }
    }
}
