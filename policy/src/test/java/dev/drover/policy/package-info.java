/** Tests of the policy language, and inputs for them. */
@NullMarked
package dev.drover.policy;

import org.jspecify.annotations.NullMarked;
