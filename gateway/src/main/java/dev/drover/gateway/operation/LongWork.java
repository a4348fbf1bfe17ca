package dev.drover.gateway.operation;

import com.google.protobuf.Message;

/** Work that takes longer than a call should. Runs on a virtual thread of its own. */
@FunctionalInterface
public interface LongWork {
    /**
     * Does it.
     *
     * @param progress where to tell how far it is; cheap enough for every step
     * @return the response of the operation
     * @throws InterruptedException where it was cancelled or the gateway goes down
     */
    Message run(Progress progress) throws InterruptedException;

    /** Hears how far the work is. */
    @FunctionalInterface
    interface Progress {
        /** Replaces the metadata of the operation. */
        void report(Message metadata);
    }
}
