package dev.drover.gateway.verification;

/** Texts of the evidence: one line, and never longer than a reader wants or a record should be. */
final class Texts {
    private static final int SENTENCE = 400;
    private static final int SAMPLE = 240;
    private static final int PART = 80;
    private static final int REQUEST = 1_500;

    private Texts() {}

    /** A message. */
    static String sentence(String text) {
        return cut(text.replaceAll("\\s+", " ").strip(), SENTENCE);
    }

    /** A message of one sample. */
    static String sample(String text) {
        return cut(text.replaceAll("\\s+", " ").strip(), SAMPLE);
    }

    /** A part of a condition, or its value. */
    static String part(String text) {
        return cut(text, PART);
    }

    /** What was asked. */
    static String request(String text) {
        return cut(text, REQUEST);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "...";
    }
}
