/**
 * The embedded store: implements the storage ports on one SQLite file, with jOOQ and Flyway. SQL
 * runs on platform threads only, because SQLite's native calls hold the carrier of a virtual
 * thread.
 */
@NullMarked
package dev.drover.gateway.store;

import org.jspecify.annotations.NullMarked;
