/**
 * What every face of the API shares: the methods that are served, who may call them, the thread of
 * a call, its log line, and the one mapping of failures.
 */
@NullMarked
package dev.drover.gateway.api.dispatch;

import org.jspecify.annotations.NullMarked;
