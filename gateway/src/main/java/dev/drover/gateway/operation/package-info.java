/** Long work ({@code google.longrunning.Operations}), and the audit log as callers see it. */
@NullMarked
package dev.drover.gateway.operation;

import org.jspecify.annotations.NullMarked;
