/**
 * Drover's nouns as Terraform resources and data sources: one generic resource over the proto
 * descriptors.
 */
@NullMarked
package dev.drover.provider.resource;

import org.jspecify.annotations.NullMarked;
