package dev.drover.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the functions of the language do, in a line each. */
final class FunctionTexts {

    static final Map<String, String> BY_NAME;

    static final Map<String, String> MACROS =
            Map.of(
                    "has", "Whether a field is set, or a key is there.",
                    "all",
                            "Whether the condition is true for every element; of a map, for every key.",
                    "exists", "Whether the condition is true for at least one element.",
                    "exists_one", "Whether the condition is true for exactly one element.",
                    "filter", "A list of the elements for which the condition is true.",
                    "map", "A list of what the expression yields for each element.");

    static {
        Map<String, String> texts = new LinkedHashMap<>();
        standard(texts);
        times(texts);
        own(texts);
        BY_NAME = Collections.unmodifiableMap(texts);
    }

    private FunctionTexts() {}

    private static void standard(Map<String, String> texts) {
        texts.put("size", "How many characters, elements, entries or bytes there are.");
        texts.put("contains", "Whether the text has the other one in it.");
        texts.put("startsWith", "Whether the text begins with the other one.");
        texts.put("endsWith", "Whether the text ends with the other one.");
        texts.put(
                "matches",
                "Whether a regular expression of RE2 matches somewhere in the text; the pattern must be a text in quotes.");
        texts.put("charAt", "The character at a position, from 0; fails behind the end.");
        texts.put("indexOf", "Where the other text begins first, from 0; -1 where it does not.");
        texts.put("lastIndexOf", "Where the other text begins last, from 0; -1 where it does not.");
        texts.put("lowerAscii", "The text with A to Z as small letters.");
        texts.put("upperAscii", "The text with a to z as capital letters.");
        texts.put("split", "The parts between separators, at most as many as the limit says.");
        texts.put("substring", "The part from a position on, up to another one; both from 0.");
        texts.put("trim", "The text without blanks at its ends.");
        texts.put("join", "The texts of a list one after the other, with a separator.");
        texts.put("int", "A whole number made of a number, a text or a time.");
        texts.put("uint", "A whole number without sign made of a number or a text.");
        texts.put("double", "A number with a fraction made of a number or a text.");
        texts.put("string", "A text made of a value.");
        texts.put("bool", "True or false made of a text.");
        texts.put("bytes", "The bytes of a text in UTF-8.");
        texts.put("timestamp", "A moment made of a text like \"2026-12-24T18:00:00Z\".");
        texts.put("duration", "A length of time made of a text like \"36h\" or \"1h30m\".");
    }

    private static void times(Map<String, String> texts) {
        texts.put("getFullYear", "The year, in UTC or in a zone.");
        texts.put("getMonth", "The month from 0, which is January, in UTC or in a zone.");
        texts.put("getDate", "The day of the month from 1, in UTC or in a zone.");
        texts.put("getDayOfMonth", "The day of the month from 0, in UTC or in a zone.");
        texts.put(
                "getDayOfWeek",
                "The day of the week from 0, which is Sunday, in UTC or in a zone.");
        texts.put("getDayOfYear", "The day of the year from 0, in UTC or in a zone.");
        texts.put("getHours", "The hour in UTC or in a zone; of a duration, all its hours.");
        texts.put("getMinutes", "The minute in UTC or in a zone; of a duration, all its minutes.");
        texts.put("getSeconds", "The second in UTC or in a zone; of a duration, all its seconds.");
        texts.put(
                "getMilliseconds",
                "The millisecond of the second, in UTC or in a zone; also of a duration.");
        texts.put("localDate", "The date as the clocks of a zone show it: \"2026-12-24\".");
        texts.put("localTime", "The time of day as the clocks of a zone show it: \"15:30\".");
        texts.put("isWeekend", "Whether it is Saturday or Sunday in a zone.");
        texts.put(
                "inHours",
                "Whether it is between two times of day in a zone; over midnight where the second is earlier.");
        texts.put(
                "inBusinessHours",
                "Whether it is between two times of day in a zone, from Monday to Friday.");
    }

    private static void own(Map<String, String> texts) {
        texts.put(
                "isSemver", "Whether the text is a semantic version, with or without a leading v.");
        texts.put(
                "semverCompare",
                "-1, 0 or 1 as the version is older than, equal to or newer than the other; fails where one is none.");
        texts.put("semverMajor", "The major number of a semantic version.");
        texts.put("semverMinor", "The minor number of a semantic version.");
        texts.put("semverPatch", "The patch number of a semantic version.");
        texts.put("semverPrerelease", "The pre-release of a semantic version; empty of a release.");
        texts.put(
                "glob",
                "Whether the whole text matches: * is any characters but /, ** any characters, ? one character but /.");
        texts.put("isIp", "Whether the text is an IPv4 or IPv6 address.");
        texts.put("inCidr", "Whether the address is in the range; fails where it is no address.");
        texts.put(
                "imageRegistry",
                "The registry of an image reference; docker.io where none is named.");
        texts.put("imageRepository", "The registry and path of an image reference.");
        texts.put(
                "imageTag",
                "The tag of an image reference; latest where neither tag nor digest is given.");
        texts.put("imageDigest", "The digest of an image reference; empty where none is given.");
    }
}
