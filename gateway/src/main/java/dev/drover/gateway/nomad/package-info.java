/**
 * Adapter from the {@code cluster} port to Nomad's HTTP API: connections, limits, fail-over between
 * servers, error texts, the event stream.
 */
@NullMarked
package dev.drover.gateway.nomad;

import org.jspecify.annotations.NullMarked;
