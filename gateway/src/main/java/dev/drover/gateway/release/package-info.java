/**
 * Releases: immutable bundles of jobspecs, served by the generic service with hooks of their own.
 */
@NullMarked
package dev.drover.gateway.release;

import org.jspecify.annotations.NullMarked;
