package dev.drover.gateway.api.dispatch;

import com.google.rpc.Code;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Notes every finished call: one line in the log, one sample in the metrics. Never what was asked
 * or answered, and never a token.
 */
public final class CallLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.drover.calls");

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final MeterRegistry meters;

    /** Counts in this registry. */
    public CallLog(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * A call ended.
     *
     * @param method full name
     * @param caller the account, empty where nobody was authenticated
     * @param fault what the caller is not told, empty where there is nothing more to tell
     */
    public void finished(
            Inbound inbound,
            String method,
            Optional<String> caller,
            Code code,
            Duration took,
            Optional<Throwable> fault) {
        Timer.builder("drover.calls")
                .description("Calls of the API")
                .tag("method", method)
                .tag("code", code.name())
                .serviceLevelObjectives(BUCKETS)
                .register(meters)
                .record(took);
        LoggingEventBuilder line =
                fault.map(cause -> LOG.atError().setCause(cause))
                        .orElseGet(LOG::atInfo)
                        .addKeyValue("call", inbound.id())
                        .addKeyValue("method", method)
                        .addKeyValue("code", code.name())
                        .addKeyValue("durationMillis", took.toNanos() / 1_000_000.0)
                        .addKeyValue("caller", caller.orElse(""))
                        .addKeyValue("face", inbound.face())
                        .addKeyValue("peer", inbound.peer());
        line.log("call finished");
    }
}
