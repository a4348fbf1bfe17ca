package dev.drover.cli;

import picocli.CommandLine.Command;

/** Commands for those who write policies. */
@Command(
        name = "policy",
        description = "Check, test and try out policies.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PolicyCheckCommand.class,
            PolicySchemaCommand.class,
            PolicyTestCommand.class,
            PolicyEvalCommand.class,
            PolicyBacktestCommand.class,
            PolicyPreviewCommand.class,
            PolicyRevisionsCommand.class,
            PolicyDiffCommand.class,
            PolicyTargetsCommand.class,
            PolicyReplayCommand.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {"  drover policy check policies.yaml", "  drover policy schema"})
final class PolicyCommand {}
