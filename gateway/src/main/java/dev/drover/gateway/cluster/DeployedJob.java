package dev.drover.gateway.cluster;

/**
 * Which job, and what state of it, a deployment rolls out.
 *
 * @param createIndex {@link JobIndexes#create} of the job
 * @param specIndex {@link JobIndexes#spec} that the registration gave; the one to match with your
 *     own registration
 */
public record DeployedJob(
        String namespace, String id, long version, long createIndex, long specIndex) {}
