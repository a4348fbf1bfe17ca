package dev.drover.cli;

import dev.drover.v1.DiffPolicyRevisionsRequest;
import dev.drover.v1.DiffPolicyRevisionsResponse;
import dev.drover.v1.FieldDifference;
import dev.drover.v1.LostGuard;
import dev.drover.v1.PolicyChangeServiceGrpc;
import dev.drover.v1.PolicyRevision;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what two revisions of a policy differ in. */
@Command(
        name = "diff",
        description = {
            "Tell what two revisions of a policy differ in, and which guards were lost.",
            "The newest and the one before it, unless others are asked for."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  drover policy diff prod", "  drover policy diff prod --from 3 --to 7"})
final class PolicyDiffCommand extends ConnectionCommand {
    @Parameters(index = "0", paramLabel = "POLICY", description = "For example prod")
    String policy = "";

    @Option(
            names = {"--from", "-from"},
            defaultValue = "0",
            paramLabel = "REVISION",
            description = "The earlier one. Default: the one before the later")
    long from;

    @Option(
            names = {"--to", "-to"},
            defaultValue = "0",
            paramLabel = "REVISION",
            description = "The later one. Default: the newest")
    long to;

    @Override
    ExitCode run(Connection gateway) {
        DiffPolicyRevisionsResponse answer =
                gateway.calling(PolicyChangeServiceGrpc::newBlockingStub)
                        .diffPolicyRevisions(
                                DiffPolicyRevisionsRequest.newBuilder()
                                        .setPolicy(
                                                Noun.of("policy").name(policy, connection.names()))
                                        .setFromRevision(from)
                                        .setToRevision(to)
                                        .build());
        if (output.json()) {
            output.print(answer);
        } else {
            print(answer);
        }
        return ExitCode.DONE;
    }

    private void print(DiffPolicyRevisionsResponse answer) {
        if (answer.hasFrom()) {
            output.line("--- " + told(answer.getFrom()));
        }
        output.line("+++ " + told(answer.getTo()));
        for (FieldDifference one : answer.getDifferencesList()) {
            output.line("  " + one.getPath());
            side("- ", one.getBefore());
            side("+ ", one.getAfter());
        }
        for (LostGuard one : answer.getLostGuardsList()) {
            output.line(
                    "Warning: %s%s: %s"
                            .formatted(
                                    one.getRule().isEmpty() ? "" : one.getRule() + " ",
                                    one.getCertainty() == LostGuard.Certainty.UNKNOWN
                                            ? "may be weaker"
                                            : one.getChange()
                                                    .name()
                                                    .toLowerCase(Locale.ROOT)
                                                    .replace('_', ' '),
                                    one.getDescription()));
        }
    }

    private void side(String sign, String value) {
        if (!value.isEmpty()) {
            output.line("    " + sign + value);
        }
    }

    private static String told(PolicyRevision revision) {
        String reason = revision.getChangeReason();
        return "revision %d, by %s at %s%s"
                .formatted(
                        revision.getRevision(),
                        revision.getAuthor(),
                        Times.text(revision.getCreateTime()),
                        reason.isEmpty() ? "" : ": " + reason);
    }
}
