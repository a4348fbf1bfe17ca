package dev.drover.cli;

import java.io.PrintWriter;

/** The last line of a terminal, written over again and again below the lines that stay. */
final class LiveLine {
    /** A line that is broken in two cannot be written over. */
    private static final int WIDTH = 79;

    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter out;
    private String shown = "";

    LiveLine(PrintWriter out) {
        this.out = out;
    }

    void show(String text) {
        String safe = Shown.text(text);
        String line = safe.length() > WIDTH ? safe.substring(0, WIDTH - 3) + "..." : safe;
        if (!line.equals(shown)) {
            out.print(ERASE + line);
            out.flush();
            shown = line;
        }
    }

    /** Makes room for a line that stays. */
    void clear() {
        if (!shown.isEmpty()) {
            out.print(ERASE);
            out.flush();
            shown = "";
        }
    }
}
