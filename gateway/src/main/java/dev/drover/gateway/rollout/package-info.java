/**
 * Carries out a plan on Nomad: wave by wave, job by job; decisions are pure, effects look before
 * they act.
 */
@NullMarked
package dev.drover.gateway.rollout;

import org.jspecify.annotations.NullMarked;
