package dev.drover.cli;

import com.google.protobuf.Duration;
import dev.drover.v1.EffectiveWindow;
import dev.drover.v1.ListEffectiveWindowsRequest;
import dev.drover.v1.ListEffectiveWindowsResponse;
import dev.drover.v1.PolicyServiceGrpc;
import dev.drover.v1.RuleWindows;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells when promotions may begin to run in an environment. */
@Command(
        name = "windows",
        description = {
            "Tell when promotions may begin to run in an environment.",
            "From now on, by the window rules of its policies. Times are in UTC."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover windows prod --project shop",
            "  drover windows prod --application storefront --days 60",
            "  drover windows prod --kind SCALE --automated -o json"
        })
final class WindowsCommand extends ConnectionCommand {
    @Parameters(index = "0", paramLabel = "ENVIRONMENT", description = "For example prod")
    String environment = "";

    @Option(
            names = {"--application", "-application"},
            defaultValue = "",
            paramLabel = "APPLICATION",
            description = "With the policies that guard this application only")
    String application = "";

    @Option(
            names = {"--kind", "-kind"},
            defaultValue = "RELEASE",
            paramLabel = "KIND",
            description = "RELEASE, ROLLBACK, SCALE, RESTART or STOP. Default: ${DEFAULT-VALUE}")
    String kind = "RELEASE";

    @Option(
            names = {"--automated", "-automated"},
            description = "As for a program that asks, and not for a person")
    boolean automated;

    @Option(
            names = {"--days", "-days"},
            defaultValue = "14",
            paramLabel = "DAYS",
            description = "How far to look ahead, at most 366. Default: ${DEFAULT-VALUE}")
    int days = 14;

    @Override
    ExitCode run(Connection gateway) {
        ListEffectiveWindowsResponse answer =
                gateway.calling(PolicyServiceGrpc::newBlockingStub).listEffectiveWindows(request());
        if (output.json()) {
            output.print(answer);
        } else {
            print(answer);
        }
        return ExitCode.DONE;
    }

    private ListEffectiveWindowsRequest request() {
        ListEffectiveWindowsRequest.Builder request =
                ListEffectiveWindowsRequest.newBuilder()
                        .setEnvironment(connection.names().environment(environment))
                        .setKind(kind)
                        .setAutomated(automated)
                        .setDuration(Duration.newBuilder().setSeconds(days * 86_400L));
        if (!application.isEmpty()) {
            request.setApplication(connection.names().application(application));
        }
        return request.build();
    }

    private void print(ListEffectiveWindowsResponse answer) {
        output.line(
                answer.getOpen()
                        ? "open"
                                + (answer.hasNextCloseTime()
                                        ? " until " + Times.text(answer.getNextCloseTime())
                                        : "")
                        : "closed"
                                + (answer.hasNextOpenTime()
                                        ? " until " + Times.text(answer.getNextOpenTime())
                                        : ""));
        if (!answer.getWarning().isEmpty()) {
            output.line("Warning: " + answer.getWarning());
        }
        for (RuleWindows rule : answer.getRulesList()) {
            String only =
                    rule.getEnforcement().equals("ENFORCE") ? "" : ", " + rule.getEnforcement();
            output.line("  " + rule.getRule() + ": " + rule.getMessage() + only);
        }
        List<List<String>> rows = new ArrayList<>();
        for (EffectiveWindow piece : answer.getWindowsList()) {
            rows.add(
                    List.of(
                            Times.text(piece.getStartTime()),
                            Times.text(piece.getEndTime()),
                            piece.getOpen() ? "open" : "closed",
                            String.join(", ", piece.getClosedByList())));
        }
        output.table(List.of("FROM", "TO", "STATE", "CLOSED BY"), rows);
    }
}
