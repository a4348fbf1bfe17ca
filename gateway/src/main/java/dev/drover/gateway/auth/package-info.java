/** Who calls, and what the caller may do. */
@NullMarked
package dev.drover.gateway.auth;

import org.jspecify.annotations.NullMarked;
