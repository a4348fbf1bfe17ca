package dev.drover.gateway.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * One Nomad region, as Drover uses it: jobs go in as Nomad's own JSON, what happens to them comes
 * back as records.
 *
 * <p>Every call blocks until Nomad answers or the cluster's request deadline passes, and is made on
 * a virtual thread. Every call may throw {@code GatewayException} with
 *
 * <ul>
 *   <li>NOMAD_UNREACHABLE: no server answered in time. Reads are retried inside; for a write the
 *       detail {@code ambiguous} is {@code "true"} when Nomad may have carried it out although no
 *       answer came: look before acting again;
 *   <li>NOMAD_PERMISSION_DENIED: the token is missing, unknown, or lacks the right in this
 *       namespace;
 *   <li>NOMAD_REJECTED: Nomad refused; the message carries Nomad's own text without its hop
 *       prefixes.
 * </ul>
 *
 * <p>Indexes are Nomad's 64-bit raft indexes. In replies absent, null and "" mean the same: an
 * empty string or Optional.
 */
public interface NomadCluster {

    /** The namespace argument of {@link #watch} that stands for every namespace. */
    String ALL_NAMESPACES = "*";

    /**
     * Turns a jobspec into a job in Nomad's JSON. What the author left out is null or absent, so
     * that defaults can be laid under it; Nomad fills in its own when the job is planned or
     * registered. Changes nothing, safe to retry.
     *
     * @param jobspec HCL2, or the JSON form of a job (bare or inside {@code {"Job": …}}), which is
     *     taken as it is
     * @param variables text of an HCL variables file, "" for none; a variable that the job does not
     *     declare is ignored
     * @throws dev.drover.gateway.error.GatewayException JOBSPEC_INVALID with Nomad's text (line,
     *     column, cause); several problems come as several lines. Source: {@code POST
     *     /v1/jobs/parse}
     */
    ObjectNode parse(String namespace, String jobspec, String variables);

    /**
     * Asks the scheduler what registering this job would do. Changes nothing, safe to retry, costs
     * a scheduler pass.
     *
     * @throws dev.drover.gateway.error.GatewayException NOMAD_REJECTED for an invalid job,
     *     NAMESPACE_NOT_FOUND. An unknown driver is not refused: it shows as a placement failure.
     *     Source: {@code POST /v1/job/:id/plan} with Diff
     */
    JobPlan plan(String namespace, ObjectNode job);

    /**
     * Registers the job if it is still as the caller last saw it. Not safe to repeat blindly: after
     * an ambiguous failure read {@link #job} first. Registering an unchanged job makes no version
     * and no deployment; {@link Registration#jobModifyIndex} is then not the job's own, so read
     * {@link #job} for the index to enforce next.
     *
     * @param enforceIndex {@link JobPlan#jobModifyIndex} or {@link JobIndexes#spec}; 0 = the job
     *     must not exist yet. Nomad below 2.0.1 checks it outside the write, so callers also
     *     serialise their writes per job
     * @param submission the source kept beside the version for people to read, or {@link
     *     Submission#NONE}
     * @throws dev.drover.gateway.error.GatewayException NOMAD_CONFLICT (somebody else changed the
     *     job), NOMAD_REJECTED, NAMESPACE_NOT_FOUND. Source: {@code POST /v1/jobs} with
     *     EnforceIndex
     */
    Registration register(
            String namespace, ObjectNode job, long enforceIndex, Submission submission);

    /**
     * The job as registered last, stopped ones included; empty if there is none. Source: {@code GET
     * /v1/job/:id}.
     */
    Optional<RunningJob> job(String namespace, String jobId);

    /**
     * Kept versions, newest first; empty if the job is unknown. Source: {@code GET
     * /v1/job/:id/versions}.
     */
    List<JobVersion> versions(String namespace, String jobId);

    /**
     * The deployment of the newest version that made one. A moment after a registration it may
     * still be the previous one, so match {@link DeployedJob#specIndex}. Source: {@code GET
     * /v1/job/:id/deployment}.
     */
    Optional<JobDeployment> latestDeployment(String namespace, String jobId);

    /**
     * One deployment; empty once Nomad has forgotten it. Source: {@code GET /v1/deployment/:id}.
     */
    Optional<JobDeployment> deployment(String namespace, String deploymentId);

    /**
     * Allocations of all versions that Nomad still knows, the oldest first. Source: {@code GET
     * /v1/job/:id/allocations?all=true}.
     */
    List<Allocation> allocations(String namespace, String jobId);

    /**
     * One evaluation; empty once Nomad has forgotten it. Source: {@code GET /v1/evaluation/:id}.
     */
    Optional<Evaluation> evaluation(String namespace, String evaluationId);

    /**
     * Evaluations of a job that Nomad still knows, the newest first. While allocations wait for
     * room one of them is {@code blocked} and tells why. Source: {@code GET
     * /v1/job/:id/evaluations}.
     */
    List<Evaluation> evaluations(String namespace, String jobId);

    /**
     * What the checks of an allocation found last, by service and check; empty where it has none
     * that Nomad carries out. The node itself answers, by way of the server.
     *
     * @throws dev.drover.gateway.error.GatewayException NOMAD_NOT_FOUND: the allocation or its node
     *     is gone. Source: {@code GET /v1/client/allocation/:id/checks}
     */
    List<CheckResult> checks(String namespace, String allocationId);

    /**
     * Opens the log of a task; the caller closes it. The node itself answers, by way of the server;
     * the log can be read as long as Nomad knows the allocation, also after it ended.
     *
     * @throws dev.drover.gateway.error.GatewayException NOMAD_NOT_FOUND: the allocation or its node
     *     is gone, or the task never started; NOMAD_REJECTED: it has no such task; LIMIT_EXCEEDED:
     *     too many logs of this cluster are open. Source: {@code GET /v1/client/fs/logs/:alloc}
     */
    TaskLog log(String namespace, LogRequest request);

    /**
     * Promotes all canaries and checks afterwards that Nomad really took it. Safe to repeat.
     *
     * @throws dev.drover.gateway.error.GatewayException NOMAD_CANARY_UNHEALTHY (not all canaries
     *     are healthy now), NOMAD_DEPLOYMENT_ENDED, NOMAD_NOT_FOUND. Source: {@code POST
     *     /v1/deployment/promote/:id} with All
     */
    void promote(String namespace, String deploymentId);

    /**
     * Pauses the deployment, or lets it go on. A paused one places nothing, but the allocations
     * that canaries stand for are stopped when they are promoted, and its progress deadline goes
     * on. Safe to repeat.
     *
     * @throws dev.drover.gateway.error.GatewayException NOMAD_DEPLOYMENT_ENDED, NOMAD_NOT_FOUND.
     *     Source: {@code POST /v1/deployment/pause/:id}
     */
    void pause(String namespace, String deploymentId, boolean paused);

    /**
     * Fails the deployment; with auto_revert Nomad goes back to the last stable version by itself.
     * Not safe to repeat: the second call is refused.
     *
     * @throws dev.drover.gateway.error.GatewayException NOMAD_DEPLOYMENT_ENDED, NOMAD_NOT_FOUND.
     *     Source: {@code POST /v1/deployment/fail/:id}
     */
    void fail(String namespace, String deploymentId);

    /**
     * Restarts the running tasks of an allocation where it is. Not safe to repeat blindly: look
     * whether {@link TaskState#restarts} went up. The node itself does it, by way of the server.
     *
     * @throws dev.drover.gateway.error.GatewayException NOMAD_NOT_FOUND: the allocation or its node
     *     is gone; NOMAD_REJECTED: it does not run. Source: {@code POST
     *     /v1/client/allocation/:id/restart}
     */
    void restart(String namespace, String allocationId);

    /**
     * Names one version of a job, which Nomad then keeps; a version has one tag, a second one
     * replaces it. Restarts nothing. Safe to repeat.
     *
     * @throws dev.drover.gateway.error.GatewayException NOMAD_NOT_FOUND (no such job or version),
     *     NOMAD_CONFLICT (another version has this tag), NOMAD_REJECTED (Nomad cannot tag a job
     *     with "/" in its id). Source: {@code POST /v1/job/:id/versions/:tag/tag}
     */
    void tagVersion(String namespace, String jobId, long version, String tag, String description);

    /**
     * Dispatches a parameterized job once. Safe to repeat with the same token.
     *
     * @param token of the run; a second call with it gives the run of the first
     * @param payload up to 16 KiB, "" for none
     * @return the id of the job that it made
     * @throws dev.drover.gateway.error.GatewayException NOMAD_REJECTED (meta keys that the job does
     *     not know or requires, a job that is not parameterized), NOMAD_NOT_FOUND. Source: {@code
     *     POST /v1/job/:id/dispatch} with idempotency_token
     */
    String dispatch(
            String namespace, String jobId, String token, Map<String, String> meta, String payload);

    /**
     * Runs a periodic job now. Not safe to repeat, Nomad knows no token here: look at {@link
     * #launched} first.
     *
     * @return the id of the job that it made
     * @throws dev.drover.gateway.error.GatewayException NOMAD_REJECTED, NOMAD_NOT_FOUND. Source:
     *     {@code POST /v1/job/:id/periodic/force}, then the evaluation's job
     */
    String force(String namespace, String jobId);

    /**
     * What a periodic or parameterized job launched, by the index at which it was made, the newest
     * last. Source: {@code GET /v1/jobs} by prefix.
     */
    SortedMap<Long, String> launched(String namespace, String jobId);

    /**
     * Stops the job (a new version with Stop set), or with {@code purge} removes it with its
     * history. Safe to repeat; each time makes a version.
     *
     * @return the job modify index that it has by that; empty where there was no such job. Source:
     *     {@code DELETE /v1/job/:id}
     */
    OptionalLong stop(String namespace, String jobId, boolean purge);

    /**
     * Who leads and which version runs; needs no right but is more complete with {@code
     * agent:read}. Safe to retry.
     */
    ClusterStatus status();

    /**
     * Whether the namespace exists and the token may see it. Source: {@code GET
     * /v1/namespace/:name}.
     */
    boolean namespaceExists(String namespace);

    /**
     * Calls {@code hints} soon after anything about a job changed, so that nobody has to poll fast.
     * Only a wake-up: hints may be late, repeated or lost, so callers also look on their own every
     * now and then. Reconnects by itself with back-off until closed and sends {@link
     * JobHint#EVERYTHING} each time it is connected anew. Returns at once; {@link Watch#state}
     * tells how it goes. Source: {@code GET /v1/event/stream}.
     *
     * @param namespace one name, or {@link #ALL_NAMESPACES}, which needs read-job in every
     *     namespace
     * @param hints must return at once and not throw: it is called on the connection's own thread
     */
    Watch watch(String namespace, Consumer<JobHint> hints);
}
