/** What every face of the API shares. */
@NullMarked
package dev.drover.gateway.api.dispatch;

import org.jspecify.annotations.NullMarked;
