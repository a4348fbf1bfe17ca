package dev.drover.gateway.cluster;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Nomad's roll-out of one job version.
 *
 * @param description Nomad's sentence; its only cause code ("Failed due to progress deadline")
 * @param groups by group name
 */
public record JobDeployment(
        String id,
        DeployedJob job,
        DeploymentStatus status,
        String description,
        Map<String, DeploymentGroup> groups,
        long modifyIndex) {

    private static final Pattern ROLLING_BACK =
            Pattern.compile(" - rolling back to job version (\\d+)$");

    public JobDeployment {
        groups = Map.copyOf(groups);
    }

    /** Whether some group's canaries are still to be promoted, healthy or not. */
    public boolean awaitsPromotion() {
        return status == DeploymentStatus.RUNNING
                && groups.values().stream().anyMatch(DeploymentGroup::awaitsPromotion);
    }

    /** The version whose specification Nomad went back to by itself when this deployment failed. */
    public OptionalLong rolledBackTo() {
        Matcher matcher = ROLLING_BACK.matcher(description);
        return matcher.find()
                ? OptionalLong.of(Long.parseLong(matcher.group(1)))
                : OptionalLong.empty();
    }
}
