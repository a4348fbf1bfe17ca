package dev.drover.gateway.cluster;

import java.util.Optional;

/**
 * Nomad's answer to a registration.
 *
 * @param evaluationId what to follow; empty for periodic and parameterized jobs, which are not
 *     scheduled when registered
 * @param jobModifyIndex for a changed job its {@link JobIndexes#spec}; for an unchanged one not to
 *     be relied on
 * @param warnings Nomad's remarks, "" for none
 */
public record Registration(Optional<String> evaluationId, long jobModifyIndex, String warnings) {}
