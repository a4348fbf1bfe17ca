/** The server: one port for gRPC, gRPC-Web, JSON, health, reflection, OpenAPI and metrics. */
@NullMarked
package dev.drover.gateway.api;

import org.jspecify.annotations.NullMarked;
