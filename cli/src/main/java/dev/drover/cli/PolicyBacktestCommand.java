package dev.drover.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.drover.v1.BacktestCounts;
import dev.drover.v1.BacktestFinding;
import dev.drover.v1.BacktestPolicyRequest;
import dev.drover.v1.BacktestPolicyResponse;
import dev.drover.v1.EnvironmentBacktest;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyChangeServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges past promotions by policies that somebody thinks of applying. */
@Command(
        name = "backtest",
        description = {
            "Judge past promotions by policies as a file has them, and change nothing.",
            "Tells which of them would have fared otherwise. The file holds documents as",
            "drover apply takes them."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover policy backtest policies.yaml",
            "  drover policy backtest policies.yaml --environment prod --last 500 -o json",
            "  drover policy backtest --deletion-of prod"
        })
final class PolicyBacktestCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The candidates; - is standard input")
    String file = "";

    @Option(
            names = {"--deletion-of", "-deletion-of"},
            defaultValue = "",
            paramLabel = "POLICY",
            description = "Judge as if this policy were deleted")
    String deleted = "";

    @Option(
            names = {"--environment", "-environment"},
            defaultValue = "",
            paramLabel = "ENVIRONMENT",
            description = "Only promotions to this one, for example prod")
    String environment = "";

    @Option(
            names = {"--last", "-last"},
            defaultValue = "200",
            paramLabel = "N",
            description =
                    "How many promotions of each environment, at most 10000. Default: ${DEFAULT-VALUE}")
    int last = 200;

    @Override
    ExitCode run(Connection gateway) throws InvalidProtocolBufferException {
        List<Message> answers = new ArrayList<>();
        for (BacktestPolicyRequest request : requests()) {
            about = request.getPolicy().getName() + ": ";
            BacktestPolicyResponse found =
                    LongRunning.result(
                            gateway,
                            gateway.calling(PolicyChangeServiceGrpc::newBlockingStub)
                                    .backtestPolicy(request),
                            BacktestPolicyResponse.class);
            answers.add(found);
            if (!output.json()) {
                print(request, found);
            }
        }
        if (output.json()) {
            if (answers.size() == 1) {
                output.print(answers.getFirst());
            } else {
                output.printAll(answers);
            }
        }
        return ExitCode.DONE;
    }

    private List<BacktestPolicyRequest> requests() {
        if (file.isEmpty() == deleted.isEmpty()) {
            throw new CliException("give either a FILE or --deletion-of POLICY");
        }
        if (!deleted.isEmpty()) {
            String name = Noun.of("policy").name(deleted, connection.names());
            return List.of(
                    request(Policy.newBuilder().setName(name).build()).setDeletion(true).build());
        }
        return PolicyCandidates.read(file, connection.names()).stream()
                .map(policy -> request(policy).build())
                .toList();
    }

    private BacktestPolicyRequest.Builder request(Policy policy) {
        return BacktestPolicyRequest.newBuilder()
                .setPolicy(policy)
                .setEnvironment(
                        environment.isEmpty() ? "" : connection.names().environment(environment))
                .setMaxPromotions(last);
    }

    private void print(BacktestPolicyRequest request, BacktestPolicyResponse found) {
        output.line(
                (request.getDeletion() ? "Without " : "With ")
                        + request.getPolicy().getName()
                        + (request.getDeletion() ? ", " : " so, ")
                        + counts(found.getTotal()));
        for (EnvironmentBacktest one : found.getEnvironmentsList()) {
            output.line("  " + one.getEnvironment() + ": " + counts(one.getCounts()));
        }
        List<List<String>> rows = new ArrayList<>();
        for (BacktestFinding one : found.getFindingsList()) {
            rows.add(
                    List.of(
                            one.getPromotion(),
                            effect(one.getEffect()),
                            one.getRule(),
                            one.getMessage()));
        }
        if (!rows.isEmpty()) {
            output.table(List.of("PROMOTION", "EFFECT", "RULE", "WHY"), rows);
        }
        if (found.getIncomplete()) {
            output.line("Older promotions were not looked at.");
        }
    }

    private static String effect(BacktestFinding.Effect effect) {
        return effect.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String counts(BacktestCounts counts) {
        return "of %d promotions: %d newly blocked, %d newly allowed, %d with other approvers, %d errors"
                .formatted(
                        counts.getPromotions(),
                        counts.getNewlyBlocked(),
                        counts.getNewlyAllowed(),
                        counts.getChangedApprovers(),
                        counts.getErrors());
    }
}
