/** Rules that hold for the gateway as a whole. */
@NullMarked
package dev.drover.gateway;

import org.jspecify.annotations.NullMarked;
