package dev.drover.cli;

import com.google.protobuf.Duration;
import dev.drover.v1.FastTrack;
import dev.drover.v1.SuspendRequest;
import dev.drover.v1.Suspension;
import dev.drover.v1.SuspensionServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops the line, holds an application, or pins an environment to a release. */
@Command(
        name = "suspend",
        description = {
            "Stop the line: promotions do not begin to run until it is lifted, or ends.",
            "In an environment, in the whole project, or everywhere. Where one is named, it",
            "holds one application only, or pins an environment to a release."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover suspend prod --reason 'incident 42'",
            "  drover suspend --project shop --reason 'audit' --for 2h --rollouts",
            "  drover suspend --everything --reason 'data centre on fire' --rollbacks NONE",
            "  drover suspend prod --application storefront --reason 'migration'",
            "  drover suspend prod --pin storefront/1.4.2 --reason 'quarter end'"
        })
final class SuspendCommand extends ConnectionCommand {
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smhd])");

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "",
            paramLabel = "ENVIRONMENT",
            description = "For example prod; without it the whole project")
    String environment = "";

    @Option(
            names = {"--everything", "-everything"},
            description = "In all projects")
    boolean everything;

    @Option(
            names = {"--application", "-application"},
            defaultValue = "",
            paramLabel = "APPLICATION",
            description = "Hold this application only")
    String application = "";

    @Option(
            names = {"--pin", "-pin"},
            defaultValue = "",
            paramLabel = "APPLICATION/RELEASE",
            description = "Let no release of its application come to the environment but this one")
    String pin = "";

    @Option(
            names = {"--for", "-for"},
            defaultValue = "",
            paramLabel = "TIME",
            description = "How long, for example 90m, 2h or 3d; without it until it is lifted")
    String time = "";

    @Option(
            names = {"--rollouts", "-rollouts"},
            description = "Halt rollouts under way too")
    boolean rollouts;

    @Option(
            names = {"--rollbacks", "-rollbacks"},
            defaultValue = "AUTOMATIC",
            paramLabel = "WHOSE",
            description =
                    "Whose rollbacks go on: NONE, AUTOMATIC or ALL. Default: ${DEFAULT-VALUE}")
    FastTrack.Passes rollbacks = FastTrack.Passes.AUTOMATIC;

    @Option(
            names = {"--kind", "-kind"},
            paramLabel = "KIND",
            description =
                    "Halt this kind only: RELEASE, ROLLBACK, SCALE, RESTART or STOP. Repeatable")
    List<String> kinds = new ArrayList<>();

    @Mixin final RequiredReason reason = new RequiredReason();

    @Override
    ExitCode run(Connection gateway) {
        Suspension suspension =
                gateway.calling(SuspensionServiceGrpc::newBlockingStub).suspend(request());
        if (output.json()) {
            output.print(suspension);
            return ExitCode.DONE;
        }
        output.line(SuspensionText.told(suspension));
        output.note(
                "Lift it: drover unsuspend %s --reason TEXT"
                        .formatted(Names.id(suspension.getName())));
        return ExitCode.DONE;
    }

    private SuspendRequest request() {
        SuspendRequest.Builder request =
                SuspendRequest.newBuilder()
                        .setScope(scope())
                        .setReason(reason.text)
                        .setRollbacks(rollbacks)
                        .addAllKinds(kinds);
        if (rollouts) {
            request.setHalts(Suspension.Halts.ROLLOUTS);
        }
        if (!application.isEmpty()) {
            request.setApplication(connection.names().application(application));
        }
        if (!pin.isEmpty()) {
            request.setRelease(connection.names().release(pin));
        }
        if (!time.isEmpty()) {
            request.setDuration(Duration.newBuilder().setSeconds(seconds(time)));
        }
        return request.build();
    }

    private String scope() {
        if (everything) {
            if (!environment.isEmpty()) {
                throw new CliException("--everything and an environment exclude one another");
            }
            return "";
        }
        return environment.isEmpty()
                ? connection.names().project()
                : connection.names().environment(environment);
    }

    private static long seconds(String time) {
        Matcher part = TIME.matcher(time);
        long seconds = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            long unit =
                    switch (part.group(2)) {
                        case "d" -> 86_400;
                        case "h" -> 3600;
                        case "m" -> 60;
                        default -> 1;
                    };
            seconds += Long.parseLong(part.group(1)) * unit;
            end = part.end();
        }
        if (end != time.length()) {
            throw new CliException("--for " + time + " is no time; write it like 90m, 2h or 1d12h");
        }
        return seconds;
    }
}
