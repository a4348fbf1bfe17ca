/** One call of a method: who calls, the table of methods, and answers kept by request id. */
@NullMarked
package dev.drover.gateway.call;

import org.jspecify.annotations.NullMarked;
