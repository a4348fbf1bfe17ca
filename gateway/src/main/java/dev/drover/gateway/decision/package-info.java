/**
 * What the policies say of a promotion: every rule's verdict, its values, and who can unblock it.
 */
@NullMarked
package dev.drover.gateway.decision;

import org.jspecify.annotations.NullMarked;
