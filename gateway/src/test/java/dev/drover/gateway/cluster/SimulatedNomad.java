package dev.drover.gateway.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A Nomad cluster in memory for deterministic tests: behaves as the contract suite requires of the
 * real one, on a clock that the test advances, with instances that behave as the test says and with
 * faults that the test injects. Nothing happens while the clock stands still.
 *
 * <p>Not simulated: access control, failed instances being rescheduled during a deployment (a job
 * that allows it runs into its progress deadline), several nodes, preemption, schedules of periodic
 * jobs.
 */
public final class SimulatedNomad implements NomadCluster {

    /**
     * One registration that reached Nomad and was accepted, answered or not.
     *
     * @param version the job's version afterwards
     * @param newVersion false if the job was registered unchanged
     */
    public record Registered(String namespace, String jobId, long version, boolean newVersion) {}

    private final SimulatedState state;
    private final SimulatedScheduler scheduler;
    private final SimulatedWatches watches;
    private final SimulatedTasks tasks = new SimulatedTasks();
    private final SimulatedFaults faults;
    private final Set<String> namespaces = new HashSet<>(Set.of("default"));
    private final Map<String, Map<String, SimulatedJob>> jobs = new HashMap<>();
    private final List<Registered> registrations = new ArrayList<>();
    private final List<String> restarts = new ArrayList<>();
    private boolean hid;
    private SimulatedFollower follower = new SimulatedFollower(Map.of(), Map.of());
    private BiFunction<String, String, ObjectNode> hcl =
            (jobspec, variables) -> {
                throw new GatewayException(
                        Reason.JOBSPEC_INVALID,
                        "the simulated Nomad reads JSON only; see parsingHclWith");
            };

    public SimulatedNomad(SimulatedTime time) {
        watches = new SimulatedWatches(time);
        faults = new SimulatedFaults("clusters/simulated", time);
        state = new SimulatedState(time, job -> watches.hint(new JobHint(job.namespace, job.id)));
        scheduler = new SimulatedScheduler(state);
    }

    /** What the test decides about faults of calls. */
    public SimulatedFaults faults() {
        return faults;
    }

    /** What the test decides about logs and checks. */
    public SimulatedTasks tasks() {
        return tasks;
    }

    /** What the test decides about hints. */
    public SimulatedWatches hints() {
        return watches;
    }

    /**
     * Decides how the groups of jobs behave: job and group name in, behaviour of instances placed
     * from now on out.
     */
    public void workloads(BiFunction<ObjectNode, String, Workload> byJobAndGroup) {
        synchronized (state) {
            state.workloads = byJobAndGroup;
        }
    }

    /** Lets {@link #parse} read what is not JSON: jobspec and variables in, job out. */
    public void parsingHclWith(BiFunction<String, String, ObjectNode> parser) {
        synchronized (state) {
            hcl = parser;
        }
    }

    public void createNamespace(String name) {
        synchronized (state) {
            namespaces.add(name);
        }
    }

    /** Lets the scheduler look at the job again, as it does when room appears. */
    public void evaluate(String namespace, String jobId) {
        synchronized (state) {
            find(namespace, jobId)
                    .ifPresent(job ->
                            scheduler.evaluate(job, "queued-allocs", SimulatedScheduler.PROMPT));
        }
    }

    /** From now on one of the servers lags: reads that meet {@link Fault#STALE} tell of now. */
    public void lag() {
        synchronized (state) {
            follower =
                    SimulatedFollower.of(
                            jobs.values().stream().flatMap(all -> all.values().stream()).toList(),
                            state.evaluations);
        }
    }

    /** Whether a server that lags did not know of a job that there was. */
    public boolean hid() {
        synchronized (state) {
            return hid;
        }
    }

    /** Every registration that took effect or was found unchanged, in order. */
    public List<Registered> registrations() {
        synchronized (state) {
            return List.copyOf(registrations);
        }
    }

    /**
     * The id of the allocation of every restart that was carried out, answered or not, in order.
     */
    public List<String> restarts() {
        synchronized (state) {
            return List.copyOf(restarts);
        }
    }

    @Override
    public ObjectNode parse(String namespace, String jobspec, String variables) {
        return read(
                "parse",
                () ->
                        SimulatedJobspec.looksLikeJson(jobspec)
                                ? SimulatedJobspec.read(jobspec)
                                : hcl.apply(jobspec, variables));
    }

    @Override
    public JobPlan plan(String namespace, ObjectNode job) {
        return read(
                "plan",
                () -> {
                    check("plan", namespace, job);
                    ObjectNode spec = SimulatedSpec.normal(job);
                    String id = spec.path("ID").asText();
                    Optional<SimulatedJob> present = find(namespace, id);
                    SimulatedJob planned =
                            present.orElseGet(() -> new SimulatedJob(namespace, id, 0));
                    boolean same = present.filter(now -> unchanged(now, spec)).isPresent();
                    SimulatedJob.Version wanted =
                            same
                                    ? planned.current()
                                    : new SimulatedJob.Version(
                                            Long.MAX_VALUE, spec, false, 0, state.now());
                    return SimulatedPlans.plan(scheduler, planned, wanted, same);
                });
    }

    @Override
    public Registration register(
            String namespace, ObjectNode job, long enforceIndex, Submission submission) {
        return write("register", () -> doRegister(namespace, job, enforceIndex));
    }

    private Registration doRegister(String namespace, ObjectNode job, long enforceIndex) {
        check("register", namespace, job);
        ObjectNode spec = SimulatedSpec.normal(job);
        String id = spec.path("ID").asText();
        Optional<SimulatedJob> present = find(namespace, id);
        SimulatedRules.enforceIndex(namespace, id, present, enforceIndex);
        present.ifPresent(now -> SimulatedRules.sameType(now, spec));
        if (present.filter(now -> unchanged(now, spec)).isPresent()) {
            SimulatedJob now = present.get();
            registrations.add(new Registered(namespace, id, now.current().number, false));
            // As in Nomad: the job's modify index, not the one to enforce next.
            return registration(now, now.modifyIndex);
        }
        long index = state.nextIndex();
        SimulatedJob target = present.orElseGet(() -> create(namespace, id, index));
        long version = target.add(spec, false, index, state.now()).number;
        registrations.add(new Registered(namespace, id, version, true));
        state.touch(target);
        return registration(target, index);
    }

    @Override
    public Optional<RunningJob> job(String namespace, String jobId) {
        return read(
                "job",
                () -> find(namespace, jobId).map(SimulatedJob::view),
                () -> {
                    Optional<RunningJob> old = follower.job(namespace, jobId);
                    hid |= old.isEmpty() && find(namespace, jobId).isPresent();
                    return old;
                });
    }

    @Override
    public List<JobVersion> versions(String namespace, String jobId) {
        return read(
                "versions",
                () ->
                        find(namespace, jobId)
                                .map(job ->
                                        job.versions.reversed().stream().map(job::view).toList())
                                .orElse(List.of()),
                () -> follower.versions(namespace, jobId));
    }

    @Override
    public Optional<JobDeployment> latestDeployment(String namespace, String jobId) {
        return read(
                "latest-deployment",
                () ->
                        find(namespace, jobId)
                                .filter(job -> !job.deployments.isEmpty())
                                .map(job -> job.deployments.getLast().view()),
                () -> follower.latestDeployment(namespace, jobId));
    }

    @Override
    public Optional<JobDeployment> deployment(String namespace, String deploymentId) {
        return read(
                "deployment",
                () ->
                        findDeployment(namespace, deploymentId)
                                .map(found -> found.deployment().view()),
                () -> follower.deployment(deploymentId));
    }

    @Override
    public List<Allocation> allocations(String namespace, String jobId) {
        return read(
                "allocations",
                () ->
                        find(namespace, jobId)
                                .map(job -> job.allocations.stream().map(a -> a.view()).toList())
                                .orElse(List.of()),
                () -> follower.allocations(namespace, jobId));
    }

    @Override
    public Optional<Evaluation> evaluation(String namespace, String evaluationId) {
        return read(
                "evaluation",
                () -> Optional.ofNullable(state.evaluations.get(evaluationId)),
                () -> follower.evaluation(evaluationId));
    }

    @Override
    public List<Evaluation> evaluations(String namespace, String jobId) {
        return read(
                "evaluations",
                () ->
                        find(namespace, jobId)
                                .map(job ->
                                        job.evaluations.reversed().stream()
                                                .flatMap(id ->
                                                        Optional.ofNullable(
                                                                state.evaluations.get(id))
                                                                .stream())
                                                .toList())
                                .orElse(List.of()));
    }

    @Override
    public List<CheckResult> checks(String namespace, String allocationId) {
        return read(
                "checks",
                () -> {
                    Placed placed = placed(namespace, allocationId);
                    return tasks.checks(placed.spec(), placed.allocation().view(), state.now());
                });
    }

    @Override
    public TaskLog log(String namespace, LogRequest request) {
        return read(
                "log",
                () -> {
                    Placed placed = placed(namespace, request.allocationId());
                    return tasks.log(placed.spec(), placed.allocation().view(), request);
                });
    }

    private record Placed(ObjectNode spec, SimulatedAllocation allocation) {}

    private Placed placed(String namespace, String allocationId) {
        return jobs.getOrDefault(namespace, Map.of()).values().stream()
                .flatMap(job ->
                        job.allocations.stream()
                                .filter(one -> one.id.equals(allocationId))
                                .map(one ->
                                        new Placed(
                                                job.version(one.version)
                                                        .orElseGet(job::current)
                                                        .spec,
                                                one)))
                .findFirst()
                .orElseThrow(() ->
                        SimulatedRules.refused(
                                Reason.NOMAD_NOT_FOUND,
                                "ask the node of allocation " + allocationId,
                                "Unknown allocation \"" + allocationId + "\""));
    }

    @Override
    public void promote(String namespace, String deploymentId) {
        write(
                "promote",
                () -> {
                    Found found = active("promote", namespace, deploymentId);
                    scheduler
                            .watcher()
                            .unhealthyCanaries(found.job(), found.deployment())
                            .ifPresent(text -> {
                                throw SimulatedRules.refused(
                                        Reason.NOMAD_CANARY_UNHEALTHY,
                                        "promote deployment " + deploymentId,
                                        text);
                            });
                    scheduler.watcher().promote(found.job(), found.deployment());
                    return true;
                });
    }

    @Override
    public void pause(String namespace, String deploymentId, boolean paused) {
        write(
                "pause",
                () -> {
                    String verb = paused ? "pause" : "resume";
                    Found found = active(verb, namespace, deploymentId);
                    scheduler.watcher().pause(found.job(), found.deployment(), paused);
                    return true;
                });
    }

    @Override
    public void fail(String namespace, String deploymentId) {
        write(
                "fail",
                () -> {
                    Found found = active("fail", namespace, deploymentId);
                    scheduler
                            .watcher()
                            .fail(found.job(), found.deployment(), "Deployment marked as failed");
                    return true;
                });
    }

    @Override
    public void restart(String namespace, String allocationId) {
        write(
                "restart",
                () -> {
                    SimulatedAllocation one = placed(namespace, allocationId).allocation();
                    if (!one.live()) {
                        throw SimulatedRules.refused(
                                Reason.NOMAD_REJECTED,
                                "restart an allocation",
                                "restart of an alloc that should not run");
                    }
                    restarts.add(one.id);
                    jobs.getOrDefault(namespace, Map.of()).values().stream()
                            .filter(job -> job.allocations.contains(one))
                            .forEach(job -> scheduler.restart(job, one));
                    return true;
                });
    }

    @Override
    public void tagVersion(
            String namespace, String jobId, long version, String tag, String description) {
        write(
                "tag",
                () -> {
                    SimulatedJob job =
                            SimulatedRules.tag(jobId, find(namespace, jobId), version, tag);
                    job.modifyIndex = state.nextIndex();
                    return true;
                });
    }

    @Override
    public String dispatch(
            String namespace,
            String jobId,
            String token,
            Map<String, String> meta,
            String payload) {
        return write(
                "dispatch",
                () -> {
                    SimulatedJob parent =
                            SimulatedRules.launching(
                                    "dispatch", jobId, find(namespace, jobId), "ParameterizedJob");
                    return parent.runs.computeIfAbsent(
                            token, _ -> launch(parent, "dispatch-" + parent.runs.size()));
                });
    }

    @Override
    public String force(String namespace, String jobId) {
        return write(
                "force",
                () -> {
                    SimulatedJob parent =
                            SimulatedRules.launching(
                                    "run", jobId, find(namespace, jobId), "Periodic");
                    String id = "periodic-" + state.now().getEpochSecond();
                    return parent.runs.computeIfAbsent(id, _ -> launch(parent, id));
                });
    }

    @Override
    public SortedMap<Long, String> launched(String namespace, String jobId) {
        return read(
                "launched",
                () -> {
                    SortedMap<Long, String> launched = new TreeMap<>();
                    for (SimulatedJob job : jobs.getOrDefault(namespace, Map.of()).values()) {
                        if (job.id.startsWith(jobId + "/")) {
                            launched.put(job.createIndex, job.id);
                        }
                    }
                    return launched;
                });
    }

    private String launch(SimulatedJob parent, String suffix) {
        long index = state.nextIndex();
        ObjectNode spec = parent.current().spec.deepCopy();
        spec.remove(List.of("ParameterizedJob", "Periodic"));
        spec.put("ID", parent.id + "/" + suffix);
        SimulatedJob run = create(parent.namespace, parent.id + "/" + suffix, index);
        run.add(spec, false, index, state.now());
        scheduler.evaluate(run, "periodic-job", SimulatedScheduler.PROMPT);
        state.touch(parent);
        return run.id;
    }

    @Override
    public OptionalLong stop(String namespace, String jobId, boolean purge) {
        return write(
                "stop",
                () -> {
                    Optional<SimulatedJob> found = find(namespace, jobId);
                    found.ifPresent(job -> stop(job, purge));
                    return found.map(job -> OptionalLong.of(job.view().indexes().spec()))
                            .orElse(OptionalLong.empty());
                });
    }

    private void stop(SimulatedJob job, boolean purge) {
        job.add(job.current().spec, true, state.nextIndex(), state.now());
        if (purge) {
            job.purged = true;
            jobs.getOrDefault(job.namespace, Map.of()).remove(job.id);
        }
        scheduler.evaluate(job, "job-deregister", SimulatedScheduler.PROMPT);
        state.touch(job);
    }

    @Override
    public ClusterStatus status() {
        return read("status", () -> new ClusterStatus("127.0.0.1:4647", "global", "1.11.3"));
    }

    @Override
    public boolean namespaceExists(String namespace) {
        return read("namespace", () -> namespaces.contains(namespace));
    }

    @Override
    public Watch watch(String namespace, Consumer<JobHint> hints) {
        return watches.open(namespace, hints);
    }

    private record Found(SimulatedJob job, SimulatedDeployment deployment) {}

    private Found active(String verb, String namespace, String deploymentId) {
        String what = verb + " deployment " + deploymentId;
        Found found =
                findDeployment(namespace, deploymentId)
                        .orElseThrow(() ->
                                SimulatedRules.refused(
                                        Reason.NOMAD_NOT_FOUND, what, "deployment not found"));
        if (!found.deployment().active()) {
            throw SimulatedRules.refused(
                    Reason.NOMAD_DEPLOYMENT_ENDED, what, "can't " + verb + " terminal deployment");
        }
        return found;
    }

    private Optional<Found> findDeployment(String namespace, String deploymentId) {
        return jobs.getOrDefault(namespace, Map.of()).values().stream()
                .flatMap(job -> job.deployments.stream().map(d -> new Found(job, d)))
                .filter(found -> found.deployment().id.equals(deploymentId))
                .findFirst();
    }

    private Optional<SimulatedJob> find(String namespace, String jobId) {
        return Optional.ofNullable(jobs.getOrDefault(namespace, Map.of()).get(jobId));
    }

    private SimulatedJob create(String namespace, String id, long index) {
        SimulatedJob job = new SimulatedJob(namespace, id, index);
        jobs.computeIfAbsent(namespace, name -> new TreeMap<>()).put(id, job);
        return job;
    }

    private Registration registration(SimulatedJob job, long index) {
        if (job.launches()) {
            return new Registration(Optional.empty(), index, "");
        }
        Evaluation evaluation = scheduler.evaluate(job, "job-register", SimulatedScheduler.PROMPT);
        return new Registration(Optional.of(evaluation.id()), index, "");
    }

    private void check(String verb, String namespace, ObjectNode job) {
        SimulatedRules.valid(verb, namespace, namespaces, job);
    }

    private static boolean unchanged(SimulatedJob job, ObjectNode spec) {
        return !job.current().stopped && job.current().spec.equals(spec);
    }

    private <T> T read(String call, Supplier<T> body) {
        return read(call, body, body);
    }

    private <T> T read(String call, Supplier<T> body, Supplier<T> old) {
        return faults.read(call, () -> locked(body), () -> locked(old));
    }

    private <T> T write(String call, Supplier<T> body) {
        return faults.write(call, () -> locked(body));
    }

    private <T> T locked(Supplier<T> body) {
        synchronized (state) {
            return body.get();
        }
    }
}
