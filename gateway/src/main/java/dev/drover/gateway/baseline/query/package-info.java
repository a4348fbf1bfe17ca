/**
 * What a list request asks for: filter (AIP-160), order (AIP-132) and page (AIP-158), resolved and
 * typed through the descriptor.
 */
@NullMarked
package dev.drover.gateway.baseline.query;

import org.jspecify.annotations.NullMarked;
