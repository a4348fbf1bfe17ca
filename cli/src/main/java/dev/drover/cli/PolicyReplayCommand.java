package dev.drover.cli;

import dev.drover.v1.DecisionServiceGrpc;
import dev.drover.v1.PolicyReference;
import dev.drover.v1.RecordedDecision;
import dev.drover.v1.ReplayDecisionRequest;
import dev.drover.v1.ReplayDecisionResponse;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Computes a recorded decision again. */
@Command(
        name = "replay",
        description = {
            "Compute a recorded decision again, and compare.",
            "From what the rules saw then, and the policies as they were."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover policy replay storefront-prod-1",
            "  drover policy replay storefront-prod-1 --number 2 -o json"
        })
final class PolicyReplayCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "PROMOTION",
            description = "Whose decision, for example storefront-prod-1")
    String promotion = "";

    @Option(
            names = {"--number", "-number"},
            defaultValue = "0",
            paramLabel = "NUMBER",
            description = "Which of its decisions, from 1. Default: the last")
    long number;

    @Override
    ExitCode run(Connection gateway) {
        ReplayDecisionResponse answer =
                gateway.calling(DecisionServiceGrpc::newBlockingStub)
                        .replayDecision(
                                ReplayDecisionRequest.newBuilder()
                                        .setPromotion(connection.names().promotion(promotion))
                                        .setNumber(number)
                                        .build());
        if (output.json()) {
            output.print(answer);
        } else {
            print(answer);
        }
        return answer.getSame() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(ReplayDecisionResponse answer) {
        RecordedDecision recorded = answer.getRecorded();
        output.line(
                "Decision %d of %s: %s at %s"
                        .formatted(
                                recorded.getNumber(),
                                recorded.getPromotion(),
                                recorded.getDecision().getVerdict(),
                                Times.text(recorded.getDecision().getEvaluateTime())));
        output.line(
                "  policies: "
                        + recorded.getPoliciesList().stream()
                                .map(PolicyReplayCommand::told)
                                .collect(Collectors.joining(", ")));
        output.line("  input: " + recorded.getDecision().getInputDigest());
        output.line(
                versions(
                                "  evaluation: ",
                                recorded.getEvaluatorVersion(),
                                answer.getEvaluatorVersion())
                        + versions(
                                ", time zones: ",
                                recorded.getZoneDataVersion(),
                                answer.getZoneDataVersion()));
        output.line(
                answer.getSame()
                        ? "Same: every byte of it comes out again"
                        : "NOT the same: " + answer.getDifference());
    }

    private static String versions(String what, String then, String now) {
        return what + then + (then.equals(now) ? "" : ", now " + now);
    }

    private static String told(PolicyReference policy) {
        return policy.getPolicy() + " revision " + policy.getRevision();
    }
}
