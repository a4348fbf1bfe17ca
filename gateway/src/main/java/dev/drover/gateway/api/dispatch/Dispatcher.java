package dev.drover.gateway.api.dispatch;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.StreamMethod;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.AccessLevel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * Runs one call on the thread it is called on, the same way for every face: who calls, whether the
 * caller may, only then what is asked; then the method; then the log line.
 */
public final class Dispatcher {
    private final Access access;
    private final CallLog log;

    /** Checks callers with this, and notes calls there. */
    public Dispatcher(Access access, CallLog log) {
        this.access = access;
        this.log = log;
    }

    /** Reads the request of a call; may refuse it. */
    @FunctionalInterface
    public interface RequestReader {
        /** The request. */
        Message read();
    }

    /** Calls a method with one answer. @throws CallFailed where it was refused or failed */
    public Message unary(
            ServedMethod method, Inbound inbound, StopSignal signal, RequestReader reader)
            throws CallFailed {
        return run(
                method.fullName(),
                inbound,
                signal,
                caller -> {
                    access.require(caller, method.access(), method.fullName());
                    var implementation =
                            method.unary().orElseThrow(() -> unimplemented(method.fullName()));
                    return implementation.call(
                            new Call(caller, method.fullName(), inbound.id()), reader.read());
                });
    }

    /** Calls a method with a stream of answers; returns when the stream ended. */
    public void stream(
            ServedMethod method,
            Inbound inbound,
            StopSignal signal,
            RequestReader reader,
            StreamMethod.Sink sink)
            throws CallFailed {
        run(
                method.fullName(),
                inbound,
                signal,
                caller -> {
                    access.require(caller, method.access(), method.fullName());
                    var implementation =
                            method.stream().orElseThrow(() -> unimplemented(method.fullName()));
                    implementation.stream(
                            new Call(caller, method.fullName(), inbound.id()), reader.read(), sink);
                    return true;
                });
    }

    /**
     * Answers something that is not a method of the API, for callers with this level.
     *
     * @param name for the log and the metrics
     */
    public <R> R page(
            String name, AccessLevel needed, Inbound inbound, StopSignal signal, Supplier<R> answer)
            throws CallFailed {
        return run(
                name,
                inbound,
                signal,
                caller -> {
                    access.require(caller, needed, name);
                    return answer.get();
                });
    }

    @FunctionalInterface
    private interface Body<R> {
        R run(Principal caller) throws InterruptedException;
    }

    @SuppressWarnings("try")
    private <R> R run(String name, Inbound inbound, StopSignal signal, Body<R> body)
            throws CallFailed {
        long start = System.nanoTime();
        Optional<String> account = Optional.empty();
        try (var inLog = MDC.putCloseable("call", inbound.id())) {
            Principal caller = access.caller(inbound);
            account = Optional.of(caller.account());
            R result = body.run(caller);
            log.finished(inbound, name, account, Code.OK, since(start), Optional.empty());
            return result;
        } catch (Throwable failure) {
            Status status = status(failure, inbound, signal);
            Code code = Code.forNumber(status.getCode());
            Optional<Throwable> fault =
                    code == Code.INTERNAL ? Optional.of(failure) : Optional.empty();
            log.finished(inbound, name, account, code, since(start), fault);
            throw new CallFailed(status, failure);
        }
    }

    /** The refusal of a method that nobody implements. */
    public static GatewayException unimplemented(String method) {
        return new GatewayException(
                Reason.METHOD_NOT_FOUND,
                "this gateway has no method " + method,
                ErrorDetails.NONE.with("method", method));
    }

    // An interrupted call fails in whatever it was doing; what counts is why it was interrupted.
    private static Status status(Throwable failure, Inbound inbound, StopSignal signal) {
        return signal.reason()
                .map(Dispatcher::stopped)
                .orElseGet(() -> GrpcErrors.status(failure, inbound.id()));
    }

    /** What is told about a call that was stopped. */
    public static Status stopped(Reason reason) {
        String message =
                switch (reason) {
                    case DEADLINE_EXCEEDED ->
                            "the call took longer than its deadline; what it began may have been done";
                    case CALL_CANCELLED -> "the caller ended the call";
                    case SLOW_CONSUMER ->
                            "the answers were not read fast enough; read faster, or go on from the last"
                                    + " resume_token";
                    case SHUTTING_DOWN -> "the gateway is going down; try again";
                    default -> "the call was stopped";
                };
        return GrpcErrors.status(reason, message, ErrorDetails.NONE);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
