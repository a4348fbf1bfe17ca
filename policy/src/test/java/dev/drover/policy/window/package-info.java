/** Tests of windows. */
@org.jspecify.annotations.NullMarked
package dev.drover.policy.window;
