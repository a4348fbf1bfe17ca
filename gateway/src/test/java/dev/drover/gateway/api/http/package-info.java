/** Paths, parameters and bodies of JSON over HTTP. */
@NullMarked
package dev.drover.gateway.api.http;

import org.jspecify.annotations.NullMarked;
