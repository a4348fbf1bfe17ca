/**
 * Suspensions: stopping the line for everything, a project or an environment, holding one
 * application, pinning an environment to a release.
 */
@NullMarked
package dev.drover.gateway.suspension;

import org.jspecify.annotations.NullMarked;
