/** gRPC and gRPC-Web on Vert.x: calls, their deadlines and ends, health and reflection. */
@NullMarked
package dev.drover.gateway.api.grpc;

import org.jspecify.annotations.NullMarked;
