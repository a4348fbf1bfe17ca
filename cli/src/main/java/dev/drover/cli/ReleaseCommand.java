package dev.drover.cli;

import picocli.CommandLine.Command;

/** Commands on releases. */
@Command(
        name = "release",
        description = "Create and abandon releases.",
        mixinStandardHelpOptions = true,
        subcommands = {ReleaseCreateCommand.class, ReleaseAbandonCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {"  drover release create storefront/1.4.2 --job web=web.nomad.hcl"})
final class ReleaseCommand {}
