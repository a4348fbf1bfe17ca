/**
 * What a promotion would do, exactly: jobs are rendered for an environment, Nomad is asked what
 * would happen, and both get the digest that people approve.
 */
@NullMarked
package dev.drover.gateway.plan;

import org.jspecify.annotations.NullMarked;
