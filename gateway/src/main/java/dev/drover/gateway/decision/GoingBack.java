package dev.drover.gateway.decision;

import java.time.Instant;

/**
 * How far a rollback goes back.
 *
 * @param automatic whether the engine asks for it, after a failure or an abort
 * @param releases by how many releases; 1: to the one that ran right before
 * @param ranUntil until when the release ran there
 */
public record GoingBack(boolean automatic, int releases, Instant ranUntil) {}
