/**
 * The policy language: CEL over typed variables (of policies: {@code drover.v1.PolicyInput}, of
 * verifications: what is measured), checked when it is written and evaluated within fixed limits,
 * and the checks of declarations by their annotations. No I/O, no clock.
 */
@NullMarked
package dev.drover.policy;

import org.jspecify.annotations.NullMarked;
