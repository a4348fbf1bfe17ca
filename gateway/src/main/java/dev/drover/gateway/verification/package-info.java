/**
 * Verifications: when measurements are due, what they come to, and how they are taken. The judging
 * is pure; the network is reached by {@code NomadCluster} and {@link Outbound} alone.
 */
@NullMarked
package dev.drover.gateway.verification;

import org.jspecify.annotations.NullMarked;
