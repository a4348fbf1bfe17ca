package dev.drover.policy;

import java.util.List;
import java.util.Optional;

/**
 * A version as Semantic Versioning 2.0.0 writes it, with or without a leading {@code v}. Build
 * metadata is read and does not count.
 *
 * @param numbers major, minor and patch, without leading zeros
 * @param prerelease its identifiers; none: a release
 */
record SemanticVersion(List<String> numbers, List<String> prerelease)
        implements Comparable<SemanticVersion> {

    private static final int LONGEST = 256;
    private static final int LONGEST_NUMBER = 18;

    /** Empty where the text is no such version. */
    static Optional<SemanticVersion> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String version = text.startsWith("v") ? text.substring(1) : text;
        int plus = version.indexOf('+');
        if (plus >= 0 && !identifiers(version.substring(plus + 1), false)) {
            return Optional.empty();
        }
        String ordered = plus < 0 ? version : version.substring(0, plus);
        int dash = ordered.indexOf('-');
        if (dash >= 0 && !identifiers(ordered.substring(dash + 1), true)) {
            return Optional.empty();
        }
        List<String> numbers = parts(dash < 0 ? ordered : ordered.substring(0, dash));
        return numbers.size() == 3 && numbers.stream().allMatch(SemanticVersion::isNumber)
                ? Optional.of(
                        new SemanticVersion(
                                numbers, dash < 0 ? List.of() : parts(ordered.substring(dash + 1))))
                : Optional.empty();
    }

    long major() {
        return Long.parseLong(numbers.get(0));
    }

    long minor() {
        return Long.parseLong(numbers.get(1));
    }

    long patch() {
        return Long.parseLong(numbers.get(2));
    }

    @Override
    public int compareTo(SemanticVersion other) {
        for (int i = 0; i < 3; i++) {
            int order = byNumber(numbers.get(i), other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        for (int i = 0; i < Math.min(prerelease.size(), other.prerelease.size()); i++) {
            int order = byIdentifier(prerelease.get(i), other.prerelease.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(prerelease.size(), other.prerelease.size());
    }

    /** Numbers come before words. */
    private static int byIdentifier(String one, String other) {
        boolean number = digits(one);
        if (number != digits(other)) {
            return number ? -1 : 1;
        }
        return number ? byNumber(one, other) : Integer.signum(one.compareTo(other));
    }

    /** Of digits without leading zeros, however many. */
    private static int byNumber(String one, String other) {
        int order = Integer.compare(one.length(), other.length());
        return order != 0 ? order : Integer.signum(one.compareTo(other));
    }

    private static boolean identifiers(String text, boolean strict) {
        return parts(text).stream()
                .allMatch(part ->
                        !part.isEmpty()
                                && part.chars().allMatch(SemanticVersion::inIdentifier)
                                && (!strict || !digits(part) || withoutZero(part)));
    }

    private static boolean inIdentifier(int letter) {
        return (letter >= '0' && letter <= '9')
                || (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || letter == '-';
    }

    private static boolean isNumber(String text) {
        return digits(text) && withoutZero(text) && text.length() <= LONGEST_NUMBER;
    }

    private static boolean digits(String text) {
        return !text.isEmpty() && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static boolean withoutZero(String number) {
        return number.length() == 1 || !number.startsWith("0");
    }

    private static List<String> parts(String text) {
        return List.of(text.split("\\.", -1));
    }
}
