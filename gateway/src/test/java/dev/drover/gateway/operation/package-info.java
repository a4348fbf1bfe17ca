/** Operations and the audit service on a real store. */
@NullMarked
package dev.drover.gateway.operation;

import org.jspecify.annotations.NullMarked;
