/** The process: configuration, start, stop. */
@NullMarked
package dev.drover.gateway.app;

import org.jspecify.annotations.NullMarked;
