/**
 * Whose word counts for which plan, and whether enough people have spoken. Pure: no clock, no
 * store.
 */
@NullMarked
package dev.drover.gateway.approval;

import org.jspecify.annotations.NullMarked;
