/**
 * The storage port: records, commits, changes, claims. Adapters implement it; features speak it.
 */
@NullMarked
package dev.drover.gateway.record;

import org.jspecify.annotations.NullMarked;
