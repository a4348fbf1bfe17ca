package dev.drover.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that calls the gateway. */
@Command(mixinStandardHelpOptions = true, showDefaultValues = false)
abstract class ConnectionCommand implements Callable<Integer> {
    @Mixin final ConnectionOptions connection = new ConnectionOptions();

    @Mixin final Output output = new Output();

    /** What a refusal is about, where the command does several things; ends with a colon. */
    String about = "";

    @Override
    public final Integer call() throws Exception {
        try (Connection open = connection.open()) {
            return run(open).status();
        }
    }

    /** Does the work; a refusal of the gateway may fly out. */
    abstract ExitCode run(Connection gateway) throws Exception;
}
