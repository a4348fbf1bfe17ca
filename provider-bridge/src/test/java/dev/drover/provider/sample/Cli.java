package dev.drover.provider.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real Terraform or OpenTofu in a directory of its own. */
public final class Cli {
    private static final String TOFU = "opentofu/1.12.6/tofu";

    private final Path program;
    private final Path directory;
    private final Map<String, String> environment;
    private final Map<Long, Path> outputs = new ConcurrentHashMap<>();

    public Cli(Path program, Path directory, Map<String, String> environment) {
        this.program = program;
        this.directory = directory;
        this.environment = environment;
    }

    /** What a run said: both streams, in one. */
    public record Result(int exit, String output) {}

    /** Every program that this machine has; at least one. */
    public static List<Path> programs() {
        List<Path> found = new ArrayList<>();
        Path terraform = onPath("terraform");
        if (terraform != null) {
            found.add(terraform);
        }
        Path tofu = onPath("tofu");
        Path built = cache().resolve("drover").resolve("tools").resolve(TOFU);
        if (tofu != null) {
            found.add(tofu);
        } else if (Files.isExecutable(built)) {
            found.add(built);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException(
                    "this test needs a real terraform or tofu: put one on PATH, or build "
                            + built
                            + " (go build in tools/opentofu)");
        }
        return found;
    }

    private static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        return configured == null
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
    }

    private static @Nullable Path onPath(String name) {
        for (String directory :
                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory, name);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    void write(String hcl) throws IOException {
        String header =
                """
                terraform {
                  required_providers {
                    sample = { source = "%s" }
                  }
                }
                """
                        .formatted(SampleProvider.ADDRESS);
        Files.writeString(directory.resolve("main.tf"), header + hcl);
    }

    public Result run(String... arguments) throws IOException, InterruptedException {
        return finish(start(arguments));
    }

    /** Runs a command that has to succeed. */
    public String succeed(String... arguments) throws IOException, InterruptedException {
        Result result = run(arguments);
        if (result.exit() != 0) {
            throw new AssertionError(
                    String.join(" ", arguments)
                            + " ended with "
                            + result.exit()
                            + ":\n"
                            + result.output());
        }
        return result.output();
    }

    public Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of(arguments));
        Path settings = directory.resolve("cli.tfrc");
        if (!Files.exists(settings)) {
            Files.writeString(settings, "");
        }
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(Files.createTempFile(directory, "output", ".txt").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TF_"));
        builder.environment().put("TF_CLI_CONFIG_FILE", settings.toString());
        builder.environment().put("TF_CLI_ARGS", "-no-color");
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        outputs.put(process.pid(), builder.redirectOutput().file().toPath());
        return process;
    }

    public Result finish(Process process) throws IOException, InterruptedException {
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        String output = Files.readString(Objects.requireNonNull(outputs.get(process.pid())));
        if (!ended) {
            process.destroyForcibly();
            throw new AssertionError("the command does not end; so far:\n" + output);
        }
        return new Result(process.exitValue(), output);
    }
}
