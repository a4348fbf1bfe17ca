package dev.drover.gateway.plan;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes sensitive values out of a text that comes in pieces of bytes, cut anywhere: what may be the
 * beginning of a value, or of a character, is held back until more is known.
 *
 * <p>Works on bytes, each as one character of Latin-1, so that what is held back is an exact place
 * in the text.
 */
public final class StreamRedaction {

    private static final int LONGEST_CHARACTER = 4;

    /** Sensitive values by their first byte, the longer first. */
    private final Map<Character, List<String>> parts;

    private String held = "";

    StreamRedaction(List<String> parts) {
        this.parts =
                parts.stream()
                        .map(part -> latin(part.getBytes(StandardCharsets.UTF_8)))
                        .collect(Collectors.groupingBy(part -> part.charAt(0)));
    }

    /** The next piece; what of it, and of what was held back before, can be shown. */
    public String add(ByteString bytes) {
        String text = held + latin(bytes.toByteArray());
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < text.length() && !undecided(text, at)) {
            at += take(text, at, shown);
        }
        int unfinished = at == text.length() ? unfinished(shown) : 0;
        held = text.substring(at - unfinished);
        shown.setLength(shown.length() - unfinished);
        return decoded(shown);
    }

    /** Nothing more comes: what was held back. */
    public String end() {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < held.length()) {
            at += take(held, at, shown);
        }
        held = "";
        return decoded(shown);
    }

    /** How many bytes are held back. */
    public int held() {
        return held.length();
    }

    /** Goes on with other values. */
    public StreamRedaction handedTo(StreamRedaction next) {
        next.held = held;
        return next;
    }

    /** Whether a value that is longer than the rest of the text may begin here. */
    private boolean undecided(String text, int at) {
        int rest = text.length() - at;
        return parts.getOrDefault(text.charAt(at), List.of()).stream()
                .anyMatch(part ->
                        part.length() > rest && text.startsWith(part.substring(0, rest), at));
    }

    /** Shows what is here, and tells how long it was. */
    private int take(String text, int at, StringBuilder shown) {
        Optional<String> value =
                parts.getOrDefault(text.charAt(at), List.of()).stream()
                        .filter(part -> text.startsWith(part, at))
                        .findFirst();
        shown.append(value.isPresent() ? Redaction.SENSITIVE : text.substring(at, at + 1));
        return value.map(String::length).orElse(1);
    }

    /** How many bytes at the end begin a character that is not complete. */
    private static int unfinished(CharSequence bytes) {
        int first = Math.max(0, bytes.length() - LONGEST_CHARACTER);
        for (int i = bytes.length() - 1; i >= first; i--) {
            int one = bytes.charAt(i);
            // Bytes that go on with a character are 10xxxxxx.
            if ((one & 0xC0) != 0x80) {
                int length = one >= 0xF0 ? 4 : one >= 0xE0 ? 3 : one >= 0xC0 ? 2 : 1;
                int there = bytes.length() - i;
                return there < length ? there : 0;
            }
        }
        return 0;
    }

    private static String decoded(CharSequence bytes) {
        return new String(
                bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
