/**
 * Tests of the whole: the repository's own text, the examples, the packaged programs on real Nomad
 * and Terraform.
 */
@NullMarked
package dev.drover.acceptance;

import org.jspecify.annotations.NullMarked;
