package dev.drover.cli;

import io.grpc.StatusRuntimeException;
import java.io.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code drover} command. */
@Command(
        name = "drover",
        description =
                "Governed release promotion on Nomad: plan, explain, approve, roll out, roll back, prove.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            GatewayCommand.class,
            GetCommand.class,
            ListCommand.class,
            ApplyCommand.class,
            DeleteCommand.class,
            ReleaseCommand.class,
            PromoteCommand.class,
            FollowCommand.class,
            ExplainCommand.class,
            WindowsCommand.class,
            PolicyCommand.class,
            ApproveCommand.class,
            WithdrawCommand.class,
            RejectCommand.class,
            CancelCommand.class,
            AdvanceCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            AbortCommand.class,
            RetryCommand.class,
            RollbackCommand.class,
            ScaleCommand.class,
            RestartCommand.class,
            StopCommand.class,
            SuspendCommand.class,
            UnsuspendCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            WatchCommand.class,
            AuditCommand.class,
            TokenCommand.class,
            CompletionCommand.class,
        },
        footer = {
            "",
            "Exit status: 0 done, 1 error, 2 waits for a person, 3 blocked,",
            "4 rejected or cancelled, 5 failed or rolled back."
        })
public final class Main {
    private final boolean onTerminal;

    private Main(boolean onTerminal) {
        this.onTerminal = onTerminal;
    }

    /** Runs a command and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(commandLine(terminal()).execute(arguments));
    }

    /** The command line, for tests to run in their own process. */
    public static CommandLine commandLine() {
        return commandLine(false);
    }

    /** Whether both ends are a terminal on which a line can be written over. */
    @SuppressWarnings("SystemConsoleNull") // since JDK 25 there is none again without a terminal
    private static boolean terminal() {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    boolean onTerminal() {
        return onTerminal;
    }

    static CommandLine commandLine(boolean onTerminal) {
        CommandLine line = new CommandLine(new Main(onTerminal));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(errors());
        line.setParameterExceptionHandler((problem, arguments) -> {
            CommandLine command = problem.getCommandLine();
            command.getErr().println("Error: " + problem.getMessage());
            UnmatchedArgumentException.printSuggestions(problem, command.getErr());
            command.getErr()
                    .println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
            return ExitCode.ERROR.status();
        });
        return line;
    }

    private static IExecutionExceptionHandler errors() {
        return (problem, command, parsed) -> {
            switch (problem) {
                case StatusRuntimeException refused
                        when command.getCommand() instanceof ConnectionCommand call ->
                        command.getErr()
                                .println(new ErrorText(call.connection).of(refused, call.about));
                case CliException mistake ->
                        command.getErr().println("Error: " + mistake.getMessage());
                default -> throw problem;
            }
            return ExitCode.ERROR.status();
        };
    }
}
