/** The {@code drover} command: one class per command, over the gateway's gRPC API. */
@NullMarked
package dev.drover.cli;

import org.jspecify.annotations.NullMarked;
