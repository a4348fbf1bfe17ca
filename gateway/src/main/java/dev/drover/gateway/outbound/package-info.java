/**
 * The guarded client: the one way on which the gateway sends requests to addresses that somebody
 * declared, within the limits that its operator set.
 */
@NullMarked
package dev.drover.gateway.outbound;

import org.jspecify.annotations.NullMarked;
