/**
 * When something may run: recurrences, wall clocks with their changes, and what several windows
 * leave open together. No clock of its own; bounded work.
 */
@NullMarked
package dev.drover.policy.window;

import org.jspecify.annotations.NullMarked;
