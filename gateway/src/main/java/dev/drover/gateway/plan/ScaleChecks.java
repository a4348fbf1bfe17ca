package dev.drover.gateway.plan;

import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.Environment;
import dev.drover.v1.GroupCount;
import dev.drover.v1.ScaleBounds;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses counts that may not be, or of what is not there.
 *
 * @param running what was rendered for what runs there
 */
public record ScaleChecks(Application application, Environment environment, Rendering running) {
    private static final int MOST = 10_000;

    /**
     * Checks counts that somebody asks for.
     *
     * @throws GatewayException INVALID_FIELD on {@code groups[i]}, with the bounds where one is
     *     passed
     */
    public void check(List<GroupCount> wanted) {
        if (wanted.isEmpty()) {
            throw GatewayException.invalidField("groups", "is required; name job, group and count");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < wanted.size(); i++) {
            GroupCount one = wanted.get(i);
            String at = "groups[" + i + "]";
            group(at, one);
            if (!seen.add(one.getJob() + "\n" + one.getGroup())) {
                throw GatewayException.invalidField(
                        at, "%s.%s is there already".formatted(one.getJob(), one.getGroup()));
            }
            bounds(at + ".count", one);
        }
    }

    private void group(String at, GroupCount one) {
        ApplicationJob declared =
                job(one.getJob())
                        .orElseThrow(() ->
                                GatewayException.invalidField(
                                        at + ".job",
                                        "'%s' is no job of %s; its jobs are %s"
                                                .formatted(
                                                        one.getJob(),
                                                        application.getName(),
                                                        application.getJobsList().stream()
                                                                .map(ApplicationJob::getId)
                                                                .sorted()
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
        if (declared.getPreserveCounts()) {
            throw GatewayException.invalidField(
                    at + ".job",
                    "the counts of '%s' are an autoscaler's (preserve_counts); scale it there"
                            .formatted(one.getJob()));
        }
        RenderedJob rendered =
                running.job(one.getJob())
                        .orElseThrow(() ->
                                GatewayException.invalidField(
                                        at + ".job",
                                        "'%s' was not brought to %s yet; promote a release first"
                                                .formatted(one.getJob(), environment.getName())));
        JobType type = JobType.of(rendered.spec());
        if (!type.type().equals("service") || !type.launches().isEmpty()) {
            throw GatewayException.invalidField(
                    at + ".job",
                    "'%s' is a %s job, which has no counts that could be kept; only service jobs are scaled"
                            .formatted(one.getJob(), type));
        }
        List<String> groups = JobGroup.all(rendered.spec()).stream().map(JobGroup::name).toList();
        if (!groups.contains(one.getGroup())) {
            throw GatewayException.invalidField(
                    at + ".group",
                    "'%s' is no group of job '%s'; its groups are %s"
                            .formatted(one.getGroup(), one.getJob(), String.join(", ", groups)));
        }
    }

    private void bounds(String at, GroupCount one) {
        if (one.getCount() < 0 || one.getCount() > MOST) {
            throw GatewayException.invalidField(
                    at, "%d is not from 0 to %d".formatted(one.getCount(), MOST));
        }
        bounds(at, one, environment.getScaleBounds(), environment.getName());
        ScaleBounds own =
                job(one.getJob())
                        .map(job ->
                                job.getScaleBoundsOrDefault(
                                        one.getGroup(), ScaleBounds.getDefaultInstance()))
                        .orElse(ScaleBounds.getDefaultInstance());
        bounds(at, one, own, application.getName());
    }

    private static void bounds(String at, GroupCount one, ScaleBounds bounds, String whose) {
        boolean above = bounds.getMax() > 0 && one.getCount() > bounds.getMax();
        if (above || one.getCount() < bounds.getMin()) {
            throw GatewayException.invalidField(
                    at,
                    "%d of %s.%s is not %s, which %s allows (scale_bounds)"
                            .formatted(
                                    one.getCount(),
                                    one.getJob(),
                                    one.getGroup(),
                                    text(bounds),
                                    whose));
        }
    }

    /** {@code from 1 to 6}. */
    static String text(ScaleBounds bounds) {
        return bounds.getMax() > 0
                ? "from %d to %d".formatted(bounds.getMin(), bounds.getMax())
                : "%d or more".formatted(bounds.getMin());
    }

    private Optional<ApplicationJob> job(String id) {
        return application.getJobsList().stream().filter(one -> one.getId().equals(id)).findFirst();
    }
}
