package dev.drover.gateway.store;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log when writing ceases to work, and when it works again; not each time between, which
 * may be often and would fill the disk that is full. Used by one thread.
 */
final class WriteTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(WriteTrouble.class);

    private final String file;
    private Optional<String> told = Optional.empty();
    private long refused;

    WriteTrouble(String file) {
        this.file = file;
    }

    void failed(String what, Exception cause) {
        refused++;
        if (told.equals(Optional.of(what))) {
            LOG.debug("{}, once more", what, cause);
            return;
        }
        told = Optional.of(what);
        LOG.warn("{}; reads go on, and each write tries again", what, cause);
    }

    void worked() {
        if (told.isPresent()) {
            LOG.info("the store {} is written again; {} writes failed meanwhile", file, refused);
            told = Optional.empty();
        }
        refused = 0;
    }
}
