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
 *   <tr><td>the event stream is cut, silent, with gaps, out of order, repeated, from earlier
 *     indexes, or no JSON</td><td>{@code EventStreamTest}</td></tr>
 *   <tr><td>a server answers from before</td><td>{@code StaleReadsTest}; from a snapshot: {@code
 *     RolloutRulesTest}</td></tr>
 *   <tr><td>leader, server or clients of a cluster are killed</td><td>{@code
 *     LostMachinesTest}</td></tr>
 *   <tr><td>the token is revoked, the namespace deleted</td><td>{@code TakenAwayTest}</td></tr>
 *   <tr><td>Nomad has collected the deployment, or dropped the version</td><td>{@code
 *     ForgottenTest}</td></tr>
 *   <tr><td>software ends, crashes, flaps, is killed, or does not start</td><td>{@code
 *     BadAllocationsTest}; fits nowhere: {@code BadReleaseTest}</td></tr>
 *   <tr><td>the clock differs from Nomad's, or jumps</td><td>{@code ClockTest}</td></tr>
 *   <tr><td>the store is locked, or slow</td><td>{@code BusyStoreTest}; full, read-only: {@code
 *     BadStoreTest}, {@code StoreFaultsTest}</td></tr>
 *   <tr><td>the store is restored from a backup</td><td>{@code RestoredStoreTest}</td></tr>
 * </table>
 */
@NullMarked
package dev.drover.gateway.fault;

import org.jspecify.annotations.NullMarked;
