/**
 * What can go wrong: one exception with a typed reason, mapped to gRPC and HTTP by the edge alone.
 */
@NullMarked
package dev.drover.gateway.error;

import org.jspecify.annotations.NullMarked;
