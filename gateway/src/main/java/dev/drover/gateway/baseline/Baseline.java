package dev.drover.gateway.baseline;

import dev.drover.v1.Application;
import dev.drover.v1.Cluster;
import dev.drover.v1.Environment;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Policy;
import dev.drover.v1.Project;
import java.util.List;

/**
 * The baseline as other features read it. Each noun carries its etag; NOT_FOUND where it does not
 * exist.
 */
public final class Baseline {
    private final Lookup lookup;

    /** Reads by this lookup. */
    public Baseline(Lookup lookup) {
        this.lookup = lookup;
    }

    /** A project, {@code projects/shop}. */
    public Versioned<Project> project(String name) {
        return lookup.get(Project.class, name);
    }

    /** A cluster, {@code clusters/eu-1}. */
    public Versioned<Cluster> cluster(String name) {
        return lookup.get(Cluster.class, name);
    }

    /** All clusters. */
    public List<Versioned<Cluster>> clusters() {
        return lookup.list(Cluster.class, "");
    }

    /** An environment, {@code projects/shop/environments/prod}. */
    public Versioned<Environment> environment(String name) {
        return lookup.get(Environment.class, name);
    }

    /** All environments of a project. */
    public List<Versioned<Environment>> environments(String project) {
        return lookup.list(Environment.class, project + "/");
    }

    /** A pipeline, {@code projects/shop/pipelines/main}. */
    public Versioned<Pipeline> pipeline(String name) {
        return lookup.get(Pipeline.class, name);
    }

    /** An application, {@code projects/shop/applications/web}. */
    public Versioned<Application> application(String name) {
        return lookup.get(Application.class, name);
    }

    /** All applications of a project. */
    public List<Versioned<Application>> applications(String project) {
        return lookup.list(Application.class, project + "/");
    }

    /** All policies, by name. */
    public List<Versioned<Policy>> policies() {
        return lookup.list(Policy.class, "");
    }
}
