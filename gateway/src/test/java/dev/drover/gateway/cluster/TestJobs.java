package dev.drover.gateway.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * Small service jobs in Nomad's JSON that run on any machine (raw_exec and {@code sh}) and are
 * healthy at once: one group "g" with one task "t".
 */
public final class TestJobs {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectNode job = MAPPER.createObjectNode();
    private final ObjectNode group;
    private final ObjectNode update;
    private final ObjectNode task;

    private TestJobs(String id) {
        job.put("ID", id).put("Name", id).put("Type", "service");
        group = job.putArray("TaskGroups").addObject();
        group.put("Name", "g").put("Count", 1);
        update = group.putObject("Update");
        update.put("HealthCheck", "task_states").put("MinHealthyTime", 0);
        update.put("MaxParallel", 5);
        deadlines(Duration.ofSeconds(10), Duration.ofSeconds(20));
        group.putObject("RestartPolicy").put("Attempts", 0).put("Mode", "fail");
        group.putObject("ReschedulePolicy").put("Attempts", 0).put("Unlimited", false);
        group.putObject("EphemeralDisk").put("SizeMB", 20);
        task = group.putArray("Tasks").addObject();
        task.put("Name", "t").put("Driver", "raw_exec");
        task.putObject("Resources").put("CPU", 10).put("MemoryMB", 10);
        task.putObject("LogConfig").put("MaxFiles", 1).put("MaxFileSizeMB", 5);
        task.put("KillTimeout", Duration.ofMillis(500).toNanos());
        script("sleep 1000");
    }

    /** A job of one instance that stays up; rolling updates, all at once. */
    public static TestJobs service(String id) {
        return new TestJobs(id);
    }

    public TestJobs count(int count) {
        group.put("Count", count);
        return this;
    }

    public TestJobs canary(int count) {
        update.put("Canary", count);
        return this;
    }

    /** Nomad promotes the canaries by itself. */
    public TestJobs autoPromote() {
        update.put("AutoPromote", true);
        return this;
    }

    public TestJobs maxParallel(int count) {
        update.put("MaxParallel", count);
        return this;
    }

    public TestJobs autoRevert() {
        update.put("AutoRevert", true);
        return this;
    }

    public TestJobs minHealthy(Duration time) {
        update.put("MinHealthyTime", time.toNanos());
        return this;
    }

    public TestJobs deadlines(Duration healthy, Duration progress) {
        update.put("HealthyDeadline", healthy.toNanos());
        update.put("ProgressDeadline", progress.toNanos());
        return this;
    }

    /** Another value here makes another version whose instances are all replaced. */
    public TestJobs release(String release) {
        task.putObject("Env").put("RELEASE", release);
        return this;
    }

    /** What fails is replaced after this time, by a start elsewhere. */
    public TestJobs rescheduled(Duration delay) {
        group.putObject("ReschedulePolicy")
                .put("Unlimited", true)
                .put("Attempts", 0)
                .put("Interval", 0)
                .put("Delay", delay.toNanos())
                .put("DelayFunction", "constant");
        return this;
    }

    /** The task ends at once with exit code 1. */
    public TestJobs crashing() {
        return script("exit 1");
    }

    /** No node fits. */
    public TestJobs unplaceable() {
        group.putArray("Constraints")
                .addObject()
                .put("LTarget", "${attr.kernel.name}")
                .put("RTarget", "plan9")
                .put("Operand", "=");
        return this;
    }

    /**
     * The task is one that Nomad's mock driver only says to run, and nobody collects its logs: it
     * takes no process.
     */
    public TestJobs mocked() {
        deadlines(Duration.ofMinutes(4), Duration.ofMinutes(5));
        task.put("Driver", "mock_driver");
        task.putObject("Config").put("run_for", "1000h");
        task.putObject("LogConfig")
                .put("Disabled", true)
                .put("MaxFiles", 1)
                .put("MaxFileSizeMB", 5);
        task.putObject("Resources").put("CPU", 1).put("MemoryMB", 10);
        return this;
    }

    /** A job of one instance on every node. */
    public TestJobs system() {
        job.put("Type", "system");
        group.remove("Count");
        group.remove("ReschedulePolicy");
        return this;
    }

    /** A job that runs to its end and has no deployment. */
    public TestJobs batch() {
        job.put("Type", "batch");
        group.remove("Update");
        return script("true");
    }

    /** A service of Nomad's own with a check that fails: nobody listens on its port. */
    public TestJobs checked() {
        group.putArray("Networks")
                .addObject()
                .putArray("DynamicPorts")
                .addObject()
                .put("Label", "p");
        ObjectNode service = group.putArray("Services").addObject();
        service.put("Name", "svc").put("Provider", "nomad").put("PortLabel", "p");
        service.putArray("Checks")
                .addObject()
                .put("Name", "alive")
                .put("Type", "tcp")
                .put("Interval", Duration.ofSeconds(1).toNanos())
                .put("Timeout", Duration.ofSeconds(1).toNanos());
        return this;
    }

    /** A batch job that only runs when it is dispatched. */
    public TestJobs parameterized() {
        job.putObject("ParameterizedJob").putArray("MetaOptional").add("why");
        return batch();
    }

    /** A batch job whose schedule is far away. */
    public TestJobs periodic() {
        job.putObject("Periodic")
                .put("Enabled", true)
                .put("SpecType", "cron")
                .putArray("Specs")
                .add("0 0 1 1 *");
        return batch();
    }

    /** What the task runs, by {@code sh -c}. */
    public TestJobs script(String script) {
        ObjectNode config = task.putObject("Config").put("command", "/bin/sh");
        config.putArray("args").add("-c").add(script);
        return this;
    }

    /** The job; a copy, so that this builder can go on. */
    public ObjectNode json() {
        return job.deepCopy();
    }
}
