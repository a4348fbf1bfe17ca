/**
 * The gateway as a program: its configuration, and the one place where its services are made and
 * wired together.
 */
@NullMarked
package dev.drover.gateway.app;

import org.jspecify.annotations.NullMarked;
