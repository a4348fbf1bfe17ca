package dev.drover.cli;

import dev.drover.v1.AllocationStatus;
import dev.drover.v1.LogSource;
import dev.drover.v1.StreamLogsRequest;
import dev.drover.v1.StreamLogsResponse;
import dev.drover.v1.WorkloadServiceGrpc;
import java.util.Iterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a task prints. */
@Command(
        name = "logs",
        description = {
            "Print the log of a task.",
            "Of the newest allocation that runs, else of the newest, unless one is named."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover logs storefront prod --project shop",
            "  drover logs storefront prod -f -stderr",
            "  drover logs storefront prod -job web -task server -previous -tail 2000"
        })
final class LogsCommand extends ConnectionCommand {
    @Parameters(index = "0", paramLabel = "APPLICATION", description = "For example storefront")
    String application = "";

    @Parameters(index = "1", paramLabel = "ENVIRONMENT", description = "For example prod")
    String environment = "";

    @Option(
            names = {"--job", "-job"},
            defaultValue = "",
            paramLabel = "JOB",
            description = "The job, where the application has several")
    String job = "";

    @Option(
            names = {"--task", "-task"},
            defaultValue = "",
            paramLabel = "TASK",
            description = "The task, where the allocation has several")
    String task = "";

    @Option(
            names = {"--allocation", "-allocation"},
            defaultValue = "",
            paramLabel = "ID",
            description = "The allocation: its id or how the id begins")
    String allocation = "";

    @Option(
            names = {"--follow", "-f"},
            description = "Go on until the allocation ends, or Ctrl-C")
    boolean follow;

    @Option(
            names = {"--stderr", "-stderr"},
            description = "Standard error instead of standard output")
    boolean stderr;

    @Option(
            names = {"--previous", "-previous"},
            description = "The allocation that was in its place before")
    boolean previous;

    @Option(
            names = {"--tail", "-tail"},
            defaultValue = "0",
            paramLabel = "BYTES",
            description = "Only the full lines among the last BYTES")
    long tail;

    @Override
    ExitCode run(Connection gateway) {
        Iterator<StreamLogsResponse> log =
                gateway.streaming(WorkloadServiceGrpc::newBlockingStub).streamLogs(request());
        while (log.hasNext()) {
            StreamLogsResponse message = log.next();
            if (output.json()) {
                output.printLine(message);
            } else {
                tell(message);
            }
        }
        return ExitCode.DONE;
    }

    private StreamLogsRequest request() {
        if (tail < 0) {
            throw new CliException("--tail is " + tail + "; give a number of bytes");
        }
        return StreamLogsRequest.newBuilder()
                .setName(connection.names().application(application))
                .setEnvironment(connection.names().environment(environment))
                .setJob(job)
                .setTask(task)
                .setAllocation(allocation)
                .setOutput(
                        stderr ? StreamLogsRequest.Output.STDERR : StreamLogsRequest.Output.STDOUT)
                .setFollow(follow)
                .setTailBytes(tail)
                .setPrevious(previous)
                .build();
    }

    private void tell(StreamLogsResponse message) {
        switch (message.getEventCase()) {
            case TEXT -> {
                output.out().print(message.getText());
                output.out().flush();
            }
            case SOURCE -> output.note(source(message.getSource()));
            case END -> output.note("==> " + message.getEnd());
            case EVENT_NOT_SET -> {}
        }
    }

    private static String source(LogSource source) {
        AllocationStatus one = source.getAllocation();
        StringBuilder line =
                new StringBuilder(
                        "==> %s/%s, allocation %s (%s), version %d"
                                .formatted(
                                        source.getJob(),
                                        source.getTask(),
                                        ApplicationStatusText.shortId(one.getAllocationId()),
                                        one.getStatus(),
                                        one.getJobVersion()));
        if (!source.getRelease().isEmpty()) {
            line.append(" of ").append(Names.shortRelease(source.getRelease()));
        }
        if (source.getOthersRunning() > 0) {
            line.append(
                    "; %d more run: drover status tells them".formatted(source.getOthersRunning()));
        }
        return line.toString();
    }
}
