/**
 * Measures the packaged programs on real Nomad and Terraform, beside what one would use instead;
 * makes the tables of docs/benchmarks.md. Compiled with the tests, run by {@code -Pbench} alone; it
 * asserts no times.
 */
@NullMarked
package dev.drover.acceptance.bench;

import org.jspecify.annotations.NullMarked;
