package dev.drover.gateway.call;

import dev.drover.gateway.auth.Principal;

/**
 * One call of a method.
 *
 * @param caller who calls; already allowed to call the method
 * @param method full name, for example {@code drover.v1.ProjectService/CreateProject}
 * @param id identifies the call in the log and the audit log; also returned to the caller
 */
public record Call(Principal caller, String method, String id) {}
