package dev.drover.gateway.promotion;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.drover.gateway.store.SqliteStore;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Hears what the engine calls a fault of Drover: it survives them, but none may happen. What else
 * it tells is not heard, because a simulation injects thousands of outages.
 */
final class FaultsHeard extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final List<Class<?>> TOLD = List.of(Runner.class, Engine.class);
    private static final List<String> LOUD =
            List.of(
                    Worker.class.getName(),
                    NomadHints.class.getName(),
                    SqliteStore.class.getPackageName());

    private final ThreadLocal<List<String>> heard = ThreadLocal.withInitial(ArrayList::new);

    static FaultsHeard listen() {
        FaultsHeard ear = new FaultsHeard();
        ear.start();
        for (Class<?> one : TOLD) {
            Logger logger = logger(one.getName());
            logger.setLevel(Level.ERROR);
            logger.setAdditive(false);
            logger.addAppender(ear);
        }
        LOUD.forEach(one -> logger(one).setLevel(Level.OFF));
        return ear;
    }

    /** What was heard of this thread since it was asked last. */
    List<String> take() {
        List<String> all = List.copyOf(heard.get());
        heard.get().clear();
        return all;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String cause =
                event.getThrowableProxy() == null
                        ? ""
                        : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
        heard.get().add(event.getFormattedMessage() + cause);
    }

    @Override
    public void close() {
        for (Class<?> one : TOLD) {
            Logger logger = logger(one.getName());
            logger.setLevel(null);
            logger.setAdditive(true);
            logger.detachAppender(this);
        }
        LOUD.forEach(one -> logger(one).setLevel(null));
        stop();
    }

    private static Logger logger(String of) {
        return (Logger) LoggerFactory.getLogger(of);
    }
}
