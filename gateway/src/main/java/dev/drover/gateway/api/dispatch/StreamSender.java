package dev.drover.gateway.api.dispatch;

import com.google.protobuf.Message;
import dev.drover.gateway.call.StreamMethod;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Carries the answers of a stream from its thread to the event loop, no faster than the caller
 * reads: a sender waits while the write queue is full, but not for ever.
 */
public final class StreamSender implements StreamMethod.Sink {
    private final Exchange exchange;
    private final WriteStream<Buffer> out;
    private final Function<Message, Buffer> encoder;
    private final Duration patience;

    /** Sends to this stream; encodes on the sender's thread. */
    public StreamSender(
            Exchange exchange,
            WriteStream<Buffer> out,
            Function<Message, Buffer> encoder,
            Duration patience) {
        this.exchange = exchange;
        this.out = out;
        this.encoder = encoder;
        this.patience = patience;
    }

    @Override
    public void send(Message answer) throws InterruptedException {
        Buffer bytes = encoder.apply(answer);
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        exchange.onContext(() -> write(bytes, ready));
        try {
            if (!ready.get(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("the call has ended");
            }
        } catch (TimeoutException e) {
            exchange.signal().stop(Reason.SLOW_CONSUMER);
            throw new GatewayException(Reason.SLOW_CONSUMER, "the answers were not read");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the answer could not be written", e);
        }
    }

    private void write(Buffer bytes, CompletableFuture<Boolean> ready) {
        if (exchange.done()) {
            ready.complete(false);
            return;
        }
        out.write(bytes);
        if (out.writeQueueFull()) {
            out.drainHandler(drained -> ready.complete(true));
        } else {
            ready.complete(true);
        }
    }
}
