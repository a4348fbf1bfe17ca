package dev.drover.provider.plugin;

import dev.drover.provider.framework.Log;
import dev.drover.provider.protocol.Json;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The log as JSON lines on stderr, in the form that Terraform parses and levels. */
final class LogLines implements Log {
    /** Longer lines would be split and lose their structure. */
    private static final int TEXT_MAX = 24_000;

    private final OutputStream out;
    private final InstantSource clock;
    private final String module;

    LogLines(OutputStream out, InstantSource clock, String module) {
        this.out = out;
        this.clock = clock;
        this.module = module;
    }

    static LogLines onStderr(InstantSource clock, String module) {
        return new LogLines(new FileOutputStream(FileDescriptor.err), clock, module);
    }

    @Override
    public void write(Level level, String message, @Nullable Throwable cause) {
        StringBuilder line =
                new StringBuilder()
                        .append("{\"@level\":\"")
                        .append(name(level))
                        .append("\",\"@message\":")
                        .append(Json.quoted(shortened(message)))
                        .append(",\"@timestamp\":\"")
                        .append(timestamp(clock.instant()))
                        .append("\",\"@module\":")
                        .append(Json.quoted(module));
        if (cause != null) {
            line.append(",\"stack\":").append(Json.quoted(shortened(stack(cause))));
        }
        byte[] bytes = line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            try {
                out.write(bytes);
                out.flush();
            } catch (IOException e) {
                // Nobody reads stderr any more: there is no other place to say so.
                return;
            }
        }
    }

    /**
     * Six digits of a second, always: with any other number the whole line would be taken for plain
     * text.
     */
    static String timestamp(Instant time) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        long fraction = ChronoUnit.MICROS.between(second, time);
        String seconds = second.toString();
        String micros = Long.toString(1_000_000 + fraction);
        return seconds.substring(0, seconds.length() - 1) + "." + micros.substring(1) + "Z";
    }

    private static String name(Level level) {
        return switch (level) {
            case TRACE -> "trace";
            case DEBUG -> "debug";
            case INFO -> "info";
            case WARN -> "warn";
            case ERROR -> "error";
        };
    }

    private static String shortened(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
    }

    static String stack(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
