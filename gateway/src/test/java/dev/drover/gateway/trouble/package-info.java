/** Bad input and bad times, from outside: a real gateway, a real Nomad, and those who call. */
@NullMarked
package dev.drover.gateway.trouble;

import org.jspecify.annotations.NullMarked;
