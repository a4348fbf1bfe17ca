/**
 * The OpenAPI document, generated from the same descriptors and templates that requests are served
 * by.
 */
@NullMarked
package dev.drover.gateway.api.openapi;

import org.jspecify.annotations.NullMarked;
