/**
 * Declarative nouns: the table of kinds, and the one generic service over it. A noun is a proto
 * file and a {@link dev.drover.gateway.baseline.Kind}.
 */
@NullMarked
package dev.drover.gateway.baseline;

import org.jspecify.annotations.NullMarked;
