package dev.drover.gateway.workload;

import dev.drover.gateway.baseline.Baseline;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.plan.Namespaces;
import dev.drover.v1.Application;
import dev.drover.v1.Environment;
import java.util.List;

/** Finds what requests name, and refuses what does not fit together. */
final class Places {
    private final Workloads.Ports ports;
    private final Baseline baseline;

    Places(Workloads.Ports ports) {
        this.ports = ports;
        this.baseline = new Baseline(ports.lookup());
    }

    Place of(String application, String environment) {
        if (application.isEmpty()) {
            throw GatewayException.invalidField("name", "is required");
        }
        Application one = baseline.application(application).message();
        if (environment.isEmpty()) {
            throw GatewayException.invalidField(
                    "environment", "is required; " + has(one, environments(one)));
        }
        if (!environments(one).contains(environment)) {
            throw GatewayException.invalidField(
                    "environment",
                    "'%s' is not one of the pipeline of %s; %s"
                            .formatted(environment, application, has(one, environments(one))));
        }
        Environment place = baseline.environment(environment).message();
        return new Place(
                one, place, ports.clusters().cluster(place.getCluster()), Namespaces.of(place));
    }

    /** The job that is asked for; the only one where none is named. */
    static String job(Place place, String wanted) {
        List<String> jobs = place.jobs();
        if (wanted.isEmpty() && jobs.size() == 1) {
            return jobs.getFirst();
        }
        if (!jobs.contains(wanted)) {
            String what = wanted.isEmpty() ? "is required" : "there is no job '" + wanted + "'";
            throw GatewayException.invalidField(
                    "job",
                    "%s; the jobs of %s are %s"
                            .formatted(
                                    what, place.application().getName(), String.join(", ", jobs)));
        }
        return wanted;
    }

    private List<String> environments(Application application) {
        return baseline.pipeline(application.getPipeline()).message().getStagesList().stream()
                .flatMap(stage -> stage.getEnvironmentsList().stream())
                .toList();
    }

    private static String has(Application application, List<String> environments) {
        return environments.isEmpty()
                ? application.getPipeline() + " has no environment"
                : application.getPipeline() + " has " + String.join(", ", environments);
    }
}
