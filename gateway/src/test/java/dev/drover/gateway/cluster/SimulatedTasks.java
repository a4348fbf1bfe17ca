package dev.drover.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.drover.gateway.error.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What tasks of the simulated Nomad print and what their checks find; as the test says. */
public final class SimulatedTasks {

    /** Prints what the task of a job has printed so far. */
    @FunctionalInterface
    public interface Printer {
        /** All of it, from the first byte on. */
        String printed(ObjectNode job, String task, LogRequest.Output output);
    }

    private static final int FRAME_BYTES = 64;

    private final AtomicInteger open = new AtomicInteger();
    private volatile Printer printer = (job, task, output) -> "";
    private volatile Function<Allocation, String> checked = allocation -> "failure";

    SimulatedTasks() {}

    /** Decides what tasks print. */
    public void printing(Printer byTask) {
        printer = byTask;
    }

    /** Decides what every check of an allocation finds: success, failure or pending. */
    public void checking(Function<Allocation, String> byAllocation) {
        checked = byAllocation;
    }

    /** How many logs are being read. */
    public int openLogs() {
        return open.get();
    }

    List<CheckResult> checks(JsonNode job, Allocation allocation, Instant now) {
        List<CheckResult> found = new ArrayList<>();
        for (JsonNode group : job.path("TaskGroups")) {
            for (JsonNode service : group.path("Services")) {
                for (JsonNode check : service.path("Checks")) {
                    found.add(
                            new CheckResult(
                                    service.path("Name").asText(),
                                    check.path("Name").asText(),
                                    checked.apply(allocation),
                                    "nobody listens in a simulation",
                                    0,
                                    now));
                }
            }
        }
        return found;
    }

    TaskLog log(ObjectNode job, Allocation allocation, LogRequest request) {
        TaskState task =
                allocation.tasks().stream()
                        .filter(one -> one.name().equals(request.task()))
                        .findFirst()
                        .orElseThrow(() ->
                                SimulatedRules.refused(
                                        Reason.NOMAD_REJECTED,
                                        "read a log",
                                        "unknown task name \"" + request.task() + "\""));
        if (task.state().equals("pending")) {
            throw SimulatedRules.refused(
                    Reason.NOMAD_NOT_FOUND,
                    "read a log",
                    "task \"" + task.name() + "\" not started yet. No logs available");
        }
        open.incrementAndGet();
        return new Reading(job, request);
    }

    private final class Reading implements TaskLog {
        private final ObjectNode job;
        private final LogRequest request;
        private int position;
        private boolean closed;

        Reading(ObjectNode job, LogRequest request) {
            this.job = job;
            this.request = request;
            int length = printed().size();
            long bytes = Math.min(request.start().bytes(), length);
            this.position = (int) (request.start().fromEnd() ? length - bytes : bytes);
        }

        private ByteString printed() {
            return ByteString.copyFromUtf8(printer.printed(job, request.task(), request.output()));
        }

        @Override
        public Part next(Duration patience) {
            ByteString all = printed();
            if (position < all.size()) {
                int from = position;
                position = Math.min(all.size(), from + FRAME_BYTES);
                return new Part(all.substring(from, position), from == 0, false);
            }
            return request.follow() ? Part.NOTHING : Part.END;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
