/**
 * The Terraform plugin protocol, version 6: one class per call, and the codecs between its messages
 * and the values of {@link dev.drover.provider.framework}. Bytes in, bytes out: how they travel is
 * not known here.
 */
@NullMarked
package dev.drover.provider.protocol;

import org.jspecify.annotations.NullMarked;
