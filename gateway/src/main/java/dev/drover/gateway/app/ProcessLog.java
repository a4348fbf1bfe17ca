package dev.drover.gateway.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;

/** Sets the log of this process up; on stderr, so that stdout stays for what was asked for. */
public final class ProcessLog {
    private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level %logger{20} %msg %kvp%n%ex";

    private ProcessLog() {}

    /** Replaces whatever was set up before. */
    public static void configure(GatewayConfig.Log settings) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder(settings.format(), context));
        console.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        // Libraries tell what nobody can act on.
        root.setLevel(Level.WARN);
        root.addAppender(console);
        context.getLogger("dev.drover").setLevel(Level.toLevel(settings.level()));
        // Vert.x 5.0.7 fails to clean up after a stream that was closed while it waited to write:
        // nothing is lost by it, and the caller has left.
        context.getLogger("io.netty.handler.codec.http2.DefaultHttp2Connection")
                .setLevel(Level.OFF);
    }

    private static Encoder<ILoggingEvent> encoder(
            GatewayConfig.Log.Format format, LoggerContext context) {
        Encoder<ILoggingEvent> encoder =
                switch (format) {
                    case JSON -> new JsonLines();
                    case TEXT -> text();
                };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> text() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(TEXT);
        return encoder;
    }
}
