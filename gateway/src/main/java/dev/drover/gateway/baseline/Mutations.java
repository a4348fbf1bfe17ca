package dev.drover.gateway.baseline;

import com.google.protobuf.Message;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.RequestIds;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What all changes have in common: request ids, validate_only, the commit, and its repetition. */
public final class Mutations {
    private static final int ATTEMPTS = 5;
    private static final Set<Reason> RACES =
            Set.of(
                    Reason.REVISION_CONFLICT,
                    Reason.ALREADY_EXISTS,
                    Reason.REFERENCE_NOT_FOUND,
                    Reason.STILL_REFERENCED);

    private final Records records;
    private final RequestIds requestIds;
    private final InstantSource clock;

    /** Commits to these records. */
    public Mutations(Records records, RequestIds requestIds, InstantSource clock) {
        this.records = records;
        this.requestIds = requestIds;
        this.clock = clock;
    }

    /** What the clock says. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * Answers a change: with the kept answer where there is one, else by the attempt. An attempt
     * whose commit lost a race is made again: it then sees what won, and refuses in its own words.
     *
     * @param attempt reads, checks, and calls {@link #commit}
     */
    public <R extends Message> R answer(
            Call call, Message request, R prototype, Supplier<R> attempt) {
        Message real = real(request);
        for (int i = 1; ; i++) {
            Optional<R> kept = requestIds.replay(call, real, prototype);
            if (kept.isPresent()) {
                return kept.get();
            }
            try {
                return attempt.get();
            } catch (CommitLost lost) {
                if (i == ATTEMPTS) {
                    throw lost.reason;
                }
            } catch (GatewayException refused) {
                // The same request may have been carried out between the look and the refusal.
                return requestIds.replay(call, real, prototype).orElseThrow(() -> refused);
            }
        }
    }

    /**
     * Commits, and keeps the answer under the request's id. Does nothing where the request is
     * validate_only.
     */
    public void commit(
            Call call, Message request, Message answer, List<Write> writes, AuditEvent event) {
        commit(call, request, answer, writes, List.of(event));
    }

    /** Commits more than records and one event, such as work for the engine. */
    public void commit(Call call, Message request, Message answer, Commit commit) {
        if (Fields.flag(request, "validate_only")) {
            return;
        }
        try {
            records.commit(
                    commit.with(requestIds.receipt(call, real(request), answer)), clock.instant());
        } catch (GatewayException refused) {
            if (RACES.contains(refused.reason())) {
                throw new CommitLost(refused);
            }
            throw refused;
        }
    }

    <R extends Message> R answer(Asked<?> asked, R prototype, Supplier<R> attempt) {
        return answer(asked.call(), asked.request(), prototype, attempt);
    }

    void commit(Asked<?> asked, Message answer, List<Write> writes, AuditEvent event) {
        commit(asked.call(), asked.request(), answer, writes, List.of(event));
    }

    /** Keeps the answer of a change that changed nothing. */
    void keep(Asked<?> asked, Message answer) {
        if (!asked.text("request_id").isEmpty()) {
            commit(asked.call(), asked.request(), answer, List.of(), List.of());
        }
    }

    private void commit(
            Call call,
            Message request,
            Message answer,
            List<Write> writes,
            List<AuditEvent> events) {
        commit(call, request, answer, new Commit(writes, events, Optional.empty(), List.of()));
    }

    // A rehearsal fails whenever the real call would, so both have the same digest.
    private static Message real(Message request) {
        Message.Builder real = request.toBuilder();
        Fields.clear(real, "validate_only");
        return real.build();
    }

    private static final class CommitLost extends RuntimeException {
        private final GatewayException reason;

        CommitLost(GatewayException reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
