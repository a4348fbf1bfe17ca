/**
 * A provider in terms of its own: types, values, schemas, diagnostics, the plan pipeline, and the
 * interfaces that a provider implements. Nothing here knows how Terraform is talked to.
 */
@NullMarked
package dev.drover.provider.framework;

import org.jspecify.annotations.NullMarked;
