package dev.drover.gateway.cluster;

import com.google.protobuf.ByteString;
import java.time.Duration;

/**
 * The log of a task while it is being read. Holds a connection and a bounded buffer until it is
 * closed: where nobody asks for more, Nomad is made to wait.
 */
public interface TaskLog extends AutoCloseable {

    /**
     * More of the log.
     *
     * @param bytes in the order in which they were printed; empty: none came
     * @param first whether nothing was printed before them
     * @param ended whether nothing more will come; of a log that is not followed its end
     */
    record Part(ByteString bytes, boolean first, boolean ended) {
        /** Nothing new in time. */
        public static final Part NOTHING = new Part(ByteString.EMPTY, false, false);

        /** The end. */
        public static final Part END = new Part(ByteString.EMPTY, false, true);
    }

    /**
     * What comes next; waits for it this long at most.
     *
     * @throws dev.drover.gateway.error.GatewayException NOMAD_UNREACHABLE where the connection
     *     broke or went silent: read on from where you are; NOMAD_REJECTED with Nomad's words where
     *     it cannot go on, such as when the allocation was removed meanwhile
     */
    Part next(Duration patience) throws InterruptedException;

    @Override
    void close();
}
