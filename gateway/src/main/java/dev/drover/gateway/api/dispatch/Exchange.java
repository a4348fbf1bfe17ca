package dev.drover.gateway.api.dispatch;

import com.google.rpc.Status;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.Reason;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call between the event loop and its thread. It ends once: with its answer, an error, its
 * deadline, or because the caller left; whatever comes later is dropped. All methods are called on
 * the call's context, unless they say otherwise.
 */
public final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Edge edge;
    private final Context context;
    private final boolean streams;
    private final Consumer<Status> refuse;
    private final StopSignal signal = new StopSignal();
    private boolean done;
    private long timer = -1;

    /**
     * Begins a call on the present context.
     *
     * @param streams whether it has a stream of answers
     * @param refuse sends an error to the caller
     */
    public Exchange(Edge edge, boolean streams, Consumer<Status> refuse) {
        this.edge = edge;
        this.context = edge.vertx().getOrCreateContext();
        this.streams = streams;
        this.refuse = refuse;
        edge.live().began(this);
    }

    /** Whether it has a stream of answers. */
    public boolean streams() {
        return streams;
    }

    /** The signal that stops the thread of this call; any thread may read it. */
    public StopSignal signal() {
        return signal;
    }

    /** Ends the call with DEADLINE_EXCEEDED when this time has passed. */
    public void endAfter(Duration time) {
        // A timer of 0 is refused by Vert.x, and one that never fires would be worse.
        timer = edge.vertx().setTimer(Math.max(1, time.toMillis()), at -> deadlinePassed());
    }

    private void deadlinePassed() {
        signal.stop(Reason.DEADLINE_EXCEEDED);
        refuse(Dispatcher.stopped(Reason.DEADLINE_EXCEEDED));
    }

    /** The caller left: nothing can be sent any more. */
    public void callerLeft() {
        if (finish()) {
            signal.stop(Reason.CALL_CANCELLED);
        }
    }

    /** Ends the call from any thread. */
    void stopFromElsewhere(Reason reason) {
        signal.stop(reason);
        context.runOnContext(here -> refuse(Dispatcher.stopped(reason)));
    }

    /** Ends the call with an error, unless it has ended. */
    public void refuse(Status status) {
        if (finish()) {
            refuse.accept(status);
        }
    }

    /** Ends the call. @return false where it had ended already: send nothing then */
    public boolean finish() {
        if (done) {
            return false;
        }
        done = true;
        edge.live().ended(this);
        if (timer >= 0) {
            edge.vertx().cancelTimer(timer);
        }
        return true;
    }

    /** Whether it has ended. */
    public boolean done() {
        return done;
    }

    /** Does something on the call's context; any thread may ask. */
    public void onContext(Runnable action) {
        context.runOnContext(here -> action.run());
    }

    /** Runs the work of the call on a thread of its own and answers with what it returns. */
    public <R> void run(Callable<R> work, Consumer<R> answer) {
        RequestThreads.Task<R> task = edge.threads().run(context, work);
        signal.interrupts(task.interrupt());
        task.reply()
                .onSuccess(result -> {
                    if (finish()) {
                        answer.accept(result);
                    }
                })
                .onFailure(this::refuse);
    }

    /** Ends the call with what its thread failed with. */
    public void refuse(Throwable failure) {
        if (failure instanceof CallFailed failed) {
            refuse(failed.status());
        } else if (!done) {
            LOG.error("a fault of Drover: a call was done and its answer cannot be sent", failure);
            refuse(
                    GrpcErrors.status(
                            Reason.INTERNAL,
                            "internal error, told in the gateway's log",
                            ErrorDetails.NONE));
        }
    }
}
