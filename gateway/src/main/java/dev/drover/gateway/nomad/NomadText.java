package dev.drover.gateway.nomad;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Nomad's error texts, made fit to be shown. */
final class NomadText {

    /** One "rpc error: " per hop that a request took inside Nomad. */
    private static final Pattern HOPS = Pattern.compile("^(rpc error: )*");

    private static final Pattern ERROR_COUNT = Pattern.compile("\\d+ errors? occurred:");
    private static final Pattern BULLET = Pattern.compile("^\\s*\\* ");

    private NomadText() {}

    static String withoutHops(String text) {
        return HOPS.matcher(text.strip()).replaceFirst("");
    }

    /**
     * A nested list of errors as one line: "Task group g validation failed: …; Job ID contains a
     * space".
     */
    static String oneLine(String text) {
        String line =
                withoutHops(text)
                        .lines()
                        .map(part -> BULLET.matcher(ERROR_COUNT.matcher(part).replaceAll("")))
                        .map(part -> part.replaceFirst("").strip())
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("; "));
        return line.replace(":; ", ": ");
    }
}
