/**
 * JSON over HTTP, from the {@code google.api.http} rules of the methods: paths, parameters, bodies,
 * answers and streams.
 */
@NullMarked
package dev.drover.gateway.api.http;

import org.jspecify.annotations.NullMarked;
