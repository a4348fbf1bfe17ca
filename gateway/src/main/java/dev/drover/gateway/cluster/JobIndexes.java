package dev.drover.gateway.cluster;

/**
 * The three indexes of a job.
 *
 * @param create tells incarnations apart: a purged and re-created job starts at version 0 with
 *     another one
 * @param modify moves with everything, also status, stability and tags
 * @param spec moves with every new version and with nothing else; the one to enforce when
 *     registering (JobModifyIndex)
 */
public record JobIndexes(long create, long modify, long spec) {}
