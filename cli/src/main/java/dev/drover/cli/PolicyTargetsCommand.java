package dev.drover.cli;

import dev.drover.v1.GetPolicyRequest;
import dev.drover.v1.ListPolicyTargetsRequest;
import dev.drover.v1.ListPolicyTargetsResponse;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyServiceGrpc;
import dev.drover.v1.PolicyTarget;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what policies guard. */
@Command(
        name = "targets",
        description = {
            "Tell what policies guard, before they are saved or after.",
            "Applications in environments, and how many promotions of the last 30 days. Warns",
            "where nothing is selected, and why, and where windows leave no time at all."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover policy targets -f policies.yaml",
            "  drover policy targets prod -o json"
        })
final class PolicyTargetsCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "",
            paramLabel = "POLICY",
            description = "A policy that is saved, for example prod")
    String name = "";

    @Option(
            names = {"--file", "-f"},
            defaultValue = "",
            paramLabel = "FILE",
            description = "Policies that need not be saved; - is standard input")
    String file = "";

    @Override
    ExitCode run(Connection gateway) {
        List<ListPolicyTargetsResponse> answers = new ArrayList<>();
        for (Policy policy : policies(gateway)) {
            ListPolicyTargetsResponse answer =
                    gateway.calling(PolicyServiceGrpc::newBlockingStub)
                            .listPolicyTargets(
                                    ListPolicyTargetsRequest.newBuilder()
                                            .setPolicy(policy)
                                            .build());
            answers.add(answer);
            if (!output.json()) {
                print(policy, answer);
            }
        }
        if (output.json()) {
            output.printAll(answers);
        }
        return ExitCode.DONE;
    }

    private List<Policy> policies(Connection gateway) {
        if (name.isEmpty() == file.isEmpty()) {
            throw new CliException("needs one of POLICY and --file FILE");
        }
        if (file.isEmpty()) {
            return List.of(
                    gateway.calling(PolicyServiceGrpc::newBlockingStub)
                            .getPolicy(
                                    GetPolicyRequest.newBuilder()
                                            .setName(
                                                    Noun.of("policy")
                                                            .name(name, connection.names()))
                                            .build()));
        }
        PolicyFile read = PolicyFile.read(file);
        if (!read.problems().isEmpty()) {
            throw new CliException(read.problems().getFirst().told());
        }
        return read.documents().stream()
                .filter(document -> document.message() instanceof Policy)
                .map(document -> (Policy) document.named())
                .toList();
    }

    private void print(Policy policy, ListPolicyTargetsResponse answer) {
        output.line(
                "%s guards %d %s, and would have guarded %d %s of the last 30 days"
                        .formatted(
                                policy.getName(),
                                answer.getTotalSize(),
                                answer.getTotalSize() == 1 ? "place" : "places",
                                answer.getRecentPromotions(),
                                answer.getRecentPromotions() == 1 ? "promotion" : "promotions"));
        answer.getWarningsList().forEach(warning -> output.line("Warning: " + warning));
        if (answer.getTargetsCount() > 0) {
            List<List<String>> rows = new ArrayList<>();
            for (PolicyTarget target : answer.getTargetsList()) {
                rows.add(List.of(target.getEnvironment(), target.getApplication()));
            }
            output.table(List.of("ENVIRONMENT", "APPLICATION"), rows);
        }
    }
}
