package dev.drover.cli;

import picocli.CommandLine.Command;

/** Commands on releases. */
@Command(
        name = "release",
        description = "Create and abandon releases.",
        mixinStandardHelpOptions = true,
        subcommands = {ReleaseCreateCommand.class, ReleaseAbandonCommand.class})
final class ReleaseCommand {}
