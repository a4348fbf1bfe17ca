/**
 * Promotions: their states, the engine that carries them from one to the next, and the service that
 * people and programs talk to.
 */
@NullMarked
package dev.drover.gateway.promotion;

import org.jspecify.annotations.NullMarked;
