/** The audit log: events, their canonical form, and RFC 6962 hashing. */
@NullMarked
package dev.drover.gateway.audit;

import org.jspecify.annotations.NullMarked;
