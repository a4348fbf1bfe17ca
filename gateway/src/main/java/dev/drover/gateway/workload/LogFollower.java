package dev.drover.gateway.workload;

import com.google.protobuf.ByteString;
import dev.drover.gateway.call.StreamMethod.Sink;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.LogRequest;
import dev.drover.gateway.cluster.TaskLog;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.plan.SafeTexts;
import dev.drover.gateway.plan.StreamRedaction;
import dev.drover.gateway.rollout.Explanations;
import dev.drover.v1.StreamLogsResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Sends one log on, as far as it goes. */
final class LogFollower {
    /** After this long without news it is looked whether any can come. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration START_PAUSE = Duration.ofMillis(500);

    /** Sensitive values may be changed while a log is followed. */
    private static final Duration VALUES_FRESH = Duration.ofSeconds(10);

    private final Place place;
    private final String job;
    private final LogChoice choice;
    private final LogRequest request;
    private final Supplier<SafeTexts> values;
    private final InstantSource clock;
    private StreamRedaction redaction;
    private Instant valuesRead;
    private long received;
    private boolean aligned;

    LogFollower(
            Place place,
            String job,
            LogChoice choice,
            LogRequest request,
            Supplier<SafeTexts> values,
            InstantSource clock) {
        this.place = place;
        this.job = job;
        this.choice = choice;
        this.request = request;
        this.values = values;
        this.clock = clock;
        this.redaction = values.get().stream();
        this.valuesRead = clock.instant();
        this.aligned = !request.start().fromEnd();
    }

    /**
     * Opens the log; of one that is to be followed waits until the task has started.
     *
     * @throws GatewayException TRANSITION_NOT_ALLOWED where it has not
     */
    TaskLog open() throws InterruptedException {
        while (true) {
            try {
                return place.cluster().log(place.namespace(), request);
            } catch (GatewayException refused) {
                if (refused.reason() != Reason.NOMAD_NOT_FOUND) {
                    throw refused;
                }
                Optional<Allocation> now = allocation();
                if (!request.follow() || now.isEmpty() || now.get().state().client().ended()) {
                    throw noLog(refused, now);
                }
            }
            TimeUnit.NANOSECONDS.sleep(START_PAUSE.toNanos());
        }
    }

    void send(TaskLog log, Sink sink) throws InterruptedException {
        boolean looked = false;
        while (true) {
            TaskLog.Part part = log.next(PATIENCE);
            if (part.ended()) {
                text(redaction.end(), sink);
                return;
            }
            if (!part.bytes().isEmpty()) {
                looked = false;
                received += part.bytes().size();
                refreshValues();
                text(redaction.add(fromFullLine(part)), sink);
                continue;
            }
            if (!request.follow()) {
                continue;
            }
            // Nomad goes on for ever after the task has ended. What it printed last may come after
            // the news of its end, so it must be silent once more.
            Optional<String> end = end();
            if (end.isPresent() && looked) {
                text(redaction.end(), sink);
                sink.send(response().setEnd(end.get()).build());
                return;
            }
            looked = end.isPresent();
        }
    }

    /** A reading that begins near the end begins within a line, perhaps within a secret. */
    private ByteString fromFullLine(TaskLog.Part part) {
        if (aligned || part.first()) {
            aligned = true;
            return part.bytes();
        }
        for (int i = 0; i < part.bytes().size(); i++) {
            if (part.bytes().byteAt(i) == '\n') {
                aligned = true;
                return part.bytes().substring(i + 1);
            }
        }
        return ByteString.EMPTY;
    }

    private void refreshValues() {
        Instant now = clock.instant();
        if (valuesRead.plus(VALUES_FRESH).isBefore(now)) {
            valuesRead = now;
            redaction = redaction.handedTo(values.get().stream());
        }
    }

    private void text(String text, Sink sink) throws InterruptedException {
        if (!text.isEmpty()) {
            sink.send(response().setText(text).build());
        }
    }

    private StreamLogsResponse.Builder response() {
        return StreamLogsResponse.newBuilder()
                .setNextOffset(
                        request.start().fromEnd()
                                ? 0
                                : request.start().bytes() + received - redaction.held());
    }

    /** Why nothing more can come; empty: something can. */
    private Optional<String> end() {
        Optional<Allocation> now = allocation();
        if (now.isEmpty()) {
            return Optional.of("Nomad has forgotten the allocation");
        }
        boolean dead =
                now.get().tasks().stream()
                        .anyMatch(task ->
                                task.name().equals(request.task()) && task.state().equals("dead"));
        ClientStatus status = now.get().state().client();
        return status.ended() || dead
                ? Optional.of(
                        values.get()
                                .sentence(
                                        "allocation %s is %s%s"
                                                .formatted(
                                                        Explanations.shortId(now.get()),
                                                        status.name().toLowerCase(Locale.ROOT),
                                                        lastWord(now.get()))))
                : Optional.empty();
    }

    private String lastWord(Allocation allocation) {
        return allocation.tasks().stream()
                .filter(task -> task.name().equals(request.task()))
                .findFirst()
                .map(task -> "; " + Explanations.lastWord(task))
                .orElse("");
    }

    private Optional<Allocation> allocation() {
        return place.cluster().allocations(place.namespace(), job).stream()
                .filter(one -> one.id().equals(choice.allocation().id()))
                .findFirst();
    }

    private GatewayException noLog(GatewayException refused, Optional<Allocation> now) {
        String why =
                "task \"%s\" of allocation %s has no log%s: %s"
                        .formatted(
                                request.task(),
                                Explanations.shortId(choice.allocation()),
                                now.map(this::lastWord)
                                        .map(word -> word.replaceFirst("^; ", " (") + ")")
                                        .filter(word -> word.length() > 1)
                                        .orElse(""),
                                refused.text());
        String safe = values.get().sentence(why);
        return new GatewayException(
                Reason.TRANSITION_NOT_ALLOWED,
                safe,
                ErrorDetails.preconditions(
                        List.of(
                                new PreconditionViolation(
                                        "STATE", choice.allocation().id(), safe))));
    }
}
