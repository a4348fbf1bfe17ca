/**
 * What must be survived. Each test lets the fault bite first; then the engine copes, ends in the
 * right state with the right cause, and has registered each intended version once.
 *
 * <table>
 *   <caption>Faults and the tests of them</caption>
 *   <tr><td>the gateway is killed at any line</td><td>{@code KilledGatewayTest}</td></tr>
 *   <tr><td>somebody else is at the job in mid-rollout</td><td>{@code OutOfBandTest}</td></tr>
 *   <tr><td>a gateway is stopped while Nomad is silent</td><td>{@code GoingDownTest}</td></tr>
 *   <tr><td>a call is refused, lost or unanswered, before or after it took
 *     effect</td><td>{@code BrokenCallsTest}</td></tr>
 * </table>
 */
@NullMarked
package dev.drover.gateway.fault;

import org.jspecify.annotations.NullMarked;
