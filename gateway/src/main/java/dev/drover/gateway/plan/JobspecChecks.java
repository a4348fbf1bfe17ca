package dev.drover.gateway.plan;

import dev.drover.gateway.baseline.Baseline;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.error.ErrorDetails.FieldViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.release.JobspecCheck;
import dev.drover.v1.Application;
import dev.drover.v1.Environment;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseJob;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the jobspecs of a new release as the first environment of its pipeline would. */
public final class JobspecChecks implements JobspecCheck {

    private final NomadClusters clusters;
    private final SensitiveValues sensitiveValues;
    private final Function<Application, List<Environment>> environments;

    /**
     * Checks with these clusters.
     *
     * @param environments those of the application's pipeline, in the order of its stages
     */
    public JobspecChecks(
            NomadClusters clusters,
            SensitiveValues sensitiveValues,
            Function<Application, List<Environment>> environments) {
        this.clusters = clusters;
        this.sensitiveValues = sensitiveValues;
        this.environments = environments;
    }

    /** Checks with the environments that the baseline has now. */
    public static JobspecChecks of(
            NomadClusters clusters, SensitiveValues sensitiveValues, Baseline baseline) {
        return new JobspecChecks(
                clusters,
                sensitiveValues,
                application ->
                        baseline
                                .pipeline(application.getPipeline())
                                .message()
                                .getStagesList()
                                .stream()
                                .flatMap(stage -> stage.getEnvironmentsList().stream())
                                .map(name -> baseline.environment(name).message())
                                .toList());
    }

    @Override
    public Optional<String> problem(Application application, Release release, ReleaseJob job) {
        Set<String> asked = new HashSet<>();
        for (Environment environment : environments.apply(application)) {
            if (!asked.add(environment.getCluster())) {
                continue;
            }
            try {
                read(environment, release, job);
                return Optional.empty();
            } catch (GatewayException refused) {
                switch (refused.reason()) {
                    case JOBSPEC_INVALID -> {
                        return slips(refused);
                    }
                    case NOMAD_UNREACHABLE,
                            NOMAD_PERMISSION_DENIED,
                            NAMESPACE_NOT_FOUND,
                            CLUSTER_SETTINGS_INVALID -> {
                        // Another cluster may answer; where none does, the promotion will tell.
                    }
                    default -> throw refused;
                }
            }
        }
        return Optional.empty();
    }

    private void read(Environment environment, Release release, ReleaseJob job) {
        Secrets secrets = sensitiveValues.of(environment.getName());
        Map<String, String> open =
                VariablesFile.open(
                        environment.getVariables(),
                        release.getVariables(),
                        secrets.current().keySet(),
                        environment.getName());
        JobspecProblem problem =
                new JobspecProblem(release.getJobsList().indexOf(job), job.getId());
        JobspecReader reader =
                new JobspecReader(
                        clusters.cluster(environment.getCluster()),
                        Namespaces.of(environment),
                        environment.getName(),
                        open,
                        secrets);
        JobIdentity.checked(reader.read(job, problem), problem);
    }

    /**
     * What is wrong in any environment: a variable that is not set yet may be set before the
     * promotion.
     */
    private static Optional<String> slips(GatewayException refused) {
        String text =
                refused.details().fields().stream()
                        .map(FieldViolation::description)
                        .flatMap(String::lines)
                        .filter(line -> !line.contains("Unset variable"))
                        .collect(Collectors.joining("\n"));
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }
}
