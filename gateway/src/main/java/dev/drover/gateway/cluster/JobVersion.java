package dev.drover.gateway.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One kept version of a job.
 *
 * @param stable whether a deployment of it succeeded (an automatic revert keeps it, a manual one
 *     does not)
 * @param tag the one name it has, if any
 */
public record JobVersion(
        long version,
        JobIndexes indexes,
        boolean stable,
        boolean stopped,
        Optional<String> tag,
        Instant submitTime,
        ObjectNode spec) {}
