package dev.drover.gateway.workload;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.plan.Planner;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.GetApplicationStatusRequest;
import dev.drover.v1.StreamLogsRequest;
import dev.drover.v1.WorkloadProto;
import java.time.InstantSource;
import java.util.Objects;

/** The reads of what runs, put together. */
public final class Workloads {
    private final Ports ports;

    /** What Drover brought of an application to an environment, both by name. */
    @FunctionalInterface
    public interface States {
        /** The state; empty fields where nothing was brought. */
        EnvironmentState of(String application, String environment);
    }

    /** What they need of others. */
    public record Ports(
            Lookup lookup,
            States states,
            NomadClusters clusters,
            Planner planner,
            InstantSource clock) {}

    /** Reads over these ports. */
    public Workloads(Ports ports) {
        this.ports = ports;
    }

    /** Puts the methods into the table of methods. */
    public void register(Methods methods) {
        ServiceDescriptor service =
                WorkloadProto.getDescriptor().findServiceByName("WorkloadService");
        Places places = new Places(ports);
        StatusMethod status = new StatusMethod(ports, places);
        LogMethod logs = new LogMethod(ports, places);
        methods.add(
                Objects.requireNonNull(service.findMethodByName("GetApplicationStatus")),
                (call, request) -> status.get((GetApplicationStatusRequest) request));
        methods.addStream(
                Objects.requireNonNull(service.findMethodByName("StreamLogs")),
                (call, request, sink) -> logs.stream((StreamLogsRequest) request, sink));
    }
}
