package dev.drover.gateway.cluster;

import java.time.Instant;

/**
 * What a check of a service found last. Only checks of services with Nomad's own provider are known
 * to Nomad; those of Consul are not.
 *
 * @param status success, failure or pending
 * @param output what the check says for people
 * @param httpStatus 0 where the check is none over HTTP, or got no answer
 */
public record CheckResult(
        String service, String check, String status, String output, int httpStatus, Instant time) {}
