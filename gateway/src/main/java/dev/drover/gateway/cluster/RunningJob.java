package dev.drover.gateway.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A job as Nomad has it now.
 *
 * @param type service, batch, system or sysbatch
 * @param stopped whether somebody stopped it; its status is then dead
 * @param status pending, running or dead
 * @param spec the whole job with Nomad's defaults, as {@code GET /v1/job/:id} gives it
 */
public record RunningJob(
        String id,
        String type,
        long version,
        JobIndexes indexes,
        boolean stopped,
        String status,
        ObjectNode spec) {}
