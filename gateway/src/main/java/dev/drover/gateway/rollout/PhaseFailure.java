package dev.drover.gateway.rollout;

import dev.drover.v1.FailureCause;

/**
 * Why a rollout ends without success.
 *
 * @param cause for programs
 * @param message for people, in one line
 */
public record PhaseFailure(FailureCause cause, String message) {}
