package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.Submission;

/**
 * A job as it is registered, but for sensitive values, which are placeholders here.
 *
 * @param id the id of the Nomad job
 * @param wave jobs of a lower wave go first
 * @param spec the job as Nomad takes it; not to be changed
 * @param submission what Nomad keeps beside it for people to read; holds no sensitive value
 */
public record RenderedJob(String id, int wave, ObjectNode spec, Submission submission) {}
