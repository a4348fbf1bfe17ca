package dev.drover.gateway.nomad;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.CheckResult;
import dev.drover.gateway.cluster.ClusterStatus;
import dev.drover.gateway.cluster.DeploymentGroup;
import dev.drover.gateway.cluster.Evaluation;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.gateway.cluster.JobHint;
import dev.drover.gateway.cluster.JobPlan;
import dev.drover.gateway.cluster.JobVersion;
import dev.drover.gateway.cluster.LogRequest;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.Registration;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TaskLog;
import dev.drover.gateway.cluster.Watch;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** {@link NomadCluster} over Nomad's HTTP API; the order of the methods is that of the port. */
final class HttpNomadCluster implements NomadCluster {

    private final Requests requests;
    private final Watches watches;
    private final Logs logs;

    HttpNomadCluster(Requests requests, Watches watches, Logs logs) {
        this.requests = requests;
        this.watches = watches;
        this.logs = logs;
    }

    @Override
    public ObjectNode parse(String namespace, String jobspec, String variables) {
        if (JobspecJson.looksLikeJson(jobspec)) {
            return JobspecJson.read(requests.cluster(), jobspec);
        }
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("JobHCL", jobspec).put("Variables", variables).put("Canonicalize", false);
        String uri = requests.uri("/v1/jobs/parse", namespace);
        return Json.object(
                requests.answer(
                        Call.ask("parse", uri, body), Requests.in("parse a jobspec", namespace)));
    }

    @Override
    public JobPlan plan(String namespace, ObjectNode job) {
        String id = Json.text(job, "ID");
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.set("Job", job);
        body.put("Diff", true);
        Call call = Call.ask("plan", requests.jobUri(namespace, id, "/plan"), body);
        JobPlan plan = PlanJson.plan(requests.answer(call, Requests.job("plan", namespace, id)));
        return PlanJson.isUnchanged(plan) && registeredByThisToken(namespace, id)
                ? PlanJson.ignoringInPlaceUpdates(plan)
                : plan;
    }

    @Override
    public Registration register(
            String namespace, ObjectNode job, long enforceIndex, Submission submission) {
        String id = Json.text(job, "ID");
        Call call =
                Call.write(
                        "register",
                        requests.uri("/v1/jobs", namespace),
                        JobJson.registerBody(job, enforceIndex, submission));
        return PlanJson.registration(
                requests.answer(call, Requests.job("register", namespace, id)));
    }

    @Override
    public Optional<RunningJob> job(String namespace, String jobId) {
        Call call = Call.read("job", requests.jobUri(namespace, jobId, ""));
        return requests.find(call, Requests.job("show", namespace, jobId), JobJson::job);
    }

    @Override
    public List<JobVersion> versions(String namespace, String jobId) {
        Call call = Call.read("versions", requests.jobUri(namespace, jobId, "/versions"));
        return requests.find(
                        call, Requests.job("list versions of", namespace, jobId), reply -> reply)
                .map(reply -> Json.list(reply.path("Versions"), JobJson::version))
                .orElse(List.of());
    }

    @Override
    public Optional<JobDeployment> latestDeployment(String namespace, String jobId) {
        Call call =
                Call.read("latest-deployment", requests.jobUri(namespace, jobId, "/deployment"));
        return requests.find(
                call,
                Requests.job("show the deployment of", namespace, jobId),
                DeploymentJson::deployment);
    }

    @Override
    public Optional<JobDeployment> deployment(String namespace, String deploymentId) {
        String uri = requests.uri("/v1/deployment/" + Call.encode(deploymentId), namespace);
        return requests.find(
                Call.read("deployment", uri),
                Requests.in("show deployment " + deploymentId, namespace),
                DeploymentJson::deployment);
    }

    @Override
    public List<Allocation> allocations(String namespace, String jobId) {
        String uri = requests.jobUri(namespace, jobId, "/allocations") + "&all=true";
        return requests.find(
                        Call.read("allocations", uri),
                        Requests.job("list allocations of", namespace, jobId),
                        AllocationJson::allocations)
                .orElse(List.of());
    }

    @Override
    public Optional<Evaluation> evaluation(String namespace, String evaluationId) {
        String uri = requests.uri("/v1/evaluation/" + Call.encode(evaluationId), namespace);
        return requests.find(
                Call.read("evaluation", uri),
                Requests.in("show evaluation " + evaluationId, namespace),
                PlanJson::evaluation);
    }

    @Override
    public List<Evaluation> evaluations(String namespace, String jobId) {
        return PlanJson.evaluations(
                requests.answer(
                        Call.read("evaluations", requests.jobUri(namespace, jobId, "/evaluations")),
                        Requests.job("list evaluations of", namespace, jobId)));
    }

    @Override
    public List<CheckResult> checks(String namespace, String allocationId) {
        String uri =
                requests.uri(
                        "/v1/client/allocation/" + Call.encode(allocationId) + "/checks",
                        namespace);
        return LogJson.checks(
                requests.answer(
                        Call.read("checks", uri),
                        Requests.in("show the checks of allocation " + allocationId, namespace)));
    }

    @Override
    public TaskLog log(String namespace, LogRequest request) {
        String path = "/v1/client/fs/logs/" + Call.encode(request.allocationId());
        String what =
                "read the log of task \"%s\" of allocation %s"
                        .formatted(request.task(), request.allocationId());
        return logs.open(
                requests.uri(path, namespace) + LogJson.query(request),
                Requests.in(what, namespace));
    }

    @Override
    public void promote(String namespace, String deploymentId) {
        String what = Requests.in("promote deployment " + deploymentId, namespace);
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("DeploymentID", deploymentId).put("All", true);
        requests.answer(
                Call.write(
                        "promote",
                        requests.deploymentUri("promote", namespace, deploymentId),
                        body),
                what);
        // Nomad says 200 to promotions that do nothing, so the deployment itself is asked.
        boolean promoted =
                deployment(namespace, deploymentId)
                        .map(now -> now.groups().values().stream())
                        .map(groups -> groups.noneMatch(DeploymentGroup::awaitsPromotion))
                        .orElse(true);
        if (!promoted) {
            throw new GatewayException(
                    Reason.NOMAD_REJECTED,
                    requests.cluster() + " agreed to " + what + " but left canaries unpromoted",
                    ErrorDetails.NONE.with("cluster", requests.cluster()));
        }
    }

    @Override
    public void pause(String namespace, String deploymentId, boolean paused) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("DeploymentID", deploymentId).put("Pause", paused);
        requests.answer(
                Call.write("pause", requests.deploymentUri("pause", namespace, deploymentId), body),
                Requests.in(
                        (paused ? "pause deployment " : "resume deployment ") + deploymentId,
                        namespace));
    }

    @Override
    public void fail(String namespace, String deploymentId) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("DeploymentID", deploymentId);
        requests.answer(
                Call.write("fail", requests.deploymentUri("fail", namespace, deploymentId), body),
                Requests.in("fail deployment " + deploymentId, namespace));
    }

    @Override
    public void restart(String namespace, String allocationId) {
        String uri =
                requests.uri(
                        "/v1/client/allocation/" + Call.encode(allocationId) + "/restart",
                        namespace);
        requests.answer(
                Call.write("restart", uri, Json.MAPPER.createObjectNode()),
                Requests.in("restart allocation " + allocationId, namespace));
    }

    @Override
    public void tagVersion(
            String namespace, String jobId, long version, String tag, String description) {
        String what = Requests.job("tag version " + version + " of", namespace, jobId);
        if (jobId.contains("/")) {
            throw new GatewayException(
                    Reason.NOMAD_REJECTED,
                    requests.cluster()
                            + " cannot tag versions of a job with \"/\" in its id: "
                            + jobId,
                    ErrorDetails.NONE.with("cluster", requests.cluster()));
        }
        ObjectNode body = Json.MAPPER.createObjectNode();
        // Without a version Nomad would tag version 0.
        body.put("Version", version).put("Description", description);
        String uri = requests.jobUri(namespace, jobId, "/versions/" + Call.encode(tag) + "/tag");
        requests.answer(Call.write("tag", uri, body), what);
    }

    @Override
    public String dispatch(
            String namespace,
            String jobId,
            String token,
            Map<String, String> meta,
            String payload) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ObjectNode its = body.putObject("Meta");
        meta.forEach(its::put);
        if (!payload.isEmpty()) {
            body.put("Payload", payload.getBytes(StandardCharsets.UTF_8));
        }
        String uri =
                requests.jobUri(namespace, jobId, "/dispatch")
                        + "&idempotency_token="
                        + Call.encode(token);
        JsonNode reply =
                requests.answer(
                        Call.write("dispatch", uri, body),
                        Requests.job("dispatch", namespace, jobId));
        return Json.text(reply, "DispatchedJobID");
    }

    @Override
    public String force(String namespace, String jobId) {
        String what = Requests.job("run", namespace, jobId);
        String uri = requests.jobUri(namespace, jobId, "/periodic/force");
        JsonNode reply =
                requests.answer(Call.write("force", uri, Json.MAPPER.createObjectNode()), what);
        String evaluation = Json.text(reply, "EvalID");
        String found = requests.uri("/v1/evaluation/" + Call.encode(evaluation), namespace);
        return Json.text(requests.answer(Call.read("evaluation", found), what), "JobID");
    }

    @Override
    public SortedMap<Long, String> launched(String namespace, String jobId) {
        String uri = requests.uri("/v1/jobs", namespace) + "&prefix=" + Call.encode(jobId + "/");
        SortedMap<Long, String> launched = new TreeMap<>();
        JsonNode reply =
                requests.answer(
                        Call.read("jobs", uri), Requests.job("list runs of", namespace, jobId));
        for (JsonNode job : reply) {
            if (Json.text(job, "ParentID").equals(jobId)) {
                launched.put(Json.number(job, "CreateIndex"), Json.text(job, "ID"));
            }
        }
        return launched;
    }

    @Override
    public OptionalLong stop(String namespace, String jobId, boolean purge) {
        String uri = requests.jobUri(namespace, jobId, "") + "&purge=" + purge;
        JsonNode reply =
                requests.answer(Call.delete("stop", uri), Requests.job("stop", namespace, jobId));
        // Nomad stops unknown jobs gladly, with index 0.
        long index = Json.number(reply, "JobModifyIndex");
        return index == 0 ? OptionalLong.empty() : OptionalLong.of(index);
    }

    @Override
    public ClusterStatus status() {
        String leader =
                requests.answer(Call.read("leader", "/v1/status/leader"), "name its leader")
                        .asText("");
        return requests.ifAllowed(Call.read("members", "/v1/agent/members"), "list its members")
                .map(members -> StatusJson.status(leader, members))
                .orElseGet(() -> new ClusterStatus(leader, requests.region(), ""));
    }

    @Override
    public boolean namespaceExists(String namespace) {
        String uri = requests.uri("/v1/namespace/" + Call.encode(namespace), namespace);
        return requests.find(
                        Call.read("namespace", uri),
                        "show namespace \"" + namespace + "\"",
                        reply -> reply)
                .isPresent();
    }

    @Override
    public Watch watch(String namespace, Consumer<JobHint> hints) {
        return watches.open(namespace, requests.uri("/v1/event/stream", namespace), hints);
    }

    /**
     * With access control on, a plan of an unchanged job counts in-place updates, because Nomad
     * compares the token it would stamp into the job, and a plan stamps none. A registration by the
     * same token changes nothing; by another one it does.
     */
    private boolean registeredByThisToken(String namespace, String jobId) {
        Call self = Call.read("token", "/v1/acl/token/self");
        String accessor =
                requests.ifAllowed(self, "show its own token")
                        .map(token -> Json.text(token, "AccessorID"))
                        .orElse("");
        return job(namespace, jobId)
                .filter(now -> Json.text(now.spec(), "NomadTokenID").equals(accessor))
                .isPresent();
    }
}
