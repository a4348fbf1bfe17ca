/** A small provider with every kind of attribute, driven by real Terraform and OpenTofu. */
@NullMarked
package dev.drover.provider.sample;

import org.jspecify.annotations.NullMarked;
