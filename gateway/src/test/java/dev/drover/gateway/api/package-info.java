/** The API from outside: other clients against a server on a socket. */
@NullMarked
package dev.drover.gateway.api;

import org.jspecify.annotations.NullMarked;
