package dev.drover.gateway.workload;

import dev.drover.gateway.call.StreamMethod.Sink;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.LogRequest;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.cluster.TaskLog;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.LogSource;
import dev.drover.v1.StreamLogsRequest;
import dev.drover.v1.StreamLogsResponse;
import java.util.List;
import java.util.Optional;

/** StreamLogs: finds the task that is meant, and sends what it prints. */
final class LogMethod {
    private final Workloads.Ports ports;
    private final Places places;

    LogMethod(Workloads.Ports ports, Places places) {
        this.ports = ports;
        this.places = places;
    }

    void stream(StreamLogsRequest request, Sink sink) throws InterruptedException {
        LogRequest.Start start = start(request);
        Place place = places.of(request.getName(), request.getEnvironment());
        String job = Places.job(place, request.getJob());
        Optional<RunningJob> there = place.cluster().job(place.namespace(), job);
        List<Allocation> allocations = place.cluster().allocations(place.namespace(), job);
        LogChoice choice = LogChoice.of(request, job, there, allocations);
        LogSource source = source(request, place, job, choice);
        LogFollower follower =
                new LogFollower(
                        place,
                        job,
                        choice,
                        new LogRequest(
                                choice.allocation().id(),
                                choice.task(),
                                output(request),
                                request.getFollow(),
                                start),
                        () -> ports.planner().safeTexts(request.getEnvironment()),
                        ports.clock());
        // Before the first message: what Nomad refuses is then a refusal, not the end of a stream.
        try (TaskLog log = follower.open()) {
            sink.send(
                    StreamLogsResponse.newBuilder()
                            .setSource(source)
                            .setNextOffset(request.getOffset())
                            .build());
            follower.send(log, sink);
        }
    }

    private LogSource source(StreamLogsRequest request, Place place, String job, LogChoice choice) {
        AllocationMessages messages =
                new AllocationMessages(ports.planner().safeTexts(request.getEnvironment()));
        Origins origins =
                new Origins(
                        ports.lookup(),
                        request.getEnvironment(),
                        ports.states().of(request.getName(), request.getEnvironment()));
        LogSource.Builder source =
                LogSource.newBuilder()
                        .setJob(job)
                        .setTask(choice.task())
                        .setAllocation(messages.allocation(choice.allocation(), List.of()))
                        .setOthersRunning(choice.othersRunning());
        place.cluster().versions(place.namespace(), job).stream()
                .filter(version -> version.version() == choice.allocation().jobVersion())
                .flatMap(version -> origins.of(job, version).stream())
                .findFirst()
                .ifPresent(promotion -> source.setRelease(promotion.getRelease()));
        return source.build();
    }

    private static LogRequest.Start start(StreamLogsRequest request) {
        refuseNegative("tail_bytes", request.getTailBytes());
        refuseNegative("offset", request.getOffset());
        if (request.getTailBytes() > 0 && request.getOffset() > 0) {
            throw GatewayException.invalidField("tail_bytes", "excludes offset: send one of them");
        }
        return request.getTailBytes() > 0
                ? new LogRequest.Start(true, request.getTailBytes())
                : new LogRequest.Start(false, request.getOffset());
    }

    private static void refuseNegative(String field, long bytes) {
        if (bytes < 0) {
            throw GatewayException.invalidField(field, bytes + " is negative");
        }
    }

    private static LogRequest.Output output(StreamLogsRequest request) {
        return switch (request.getOutput()) {
            case STDERR -> LogRequest.Output.STDERR;
            case OUTPUT_UNSPECIFIED, STDOUT -> LogRequest.Output.STDOUT;
            case UNRECOGNIZED ->
                    throw GatewayException.invalidField(
                            "output", request.getOutputValue() + " is neither STDOUT nor STDERR");
        };
    }
}
