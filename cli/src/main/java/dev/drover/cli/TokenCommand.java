package dev.drover.cli;

import picocli.CommandLine.Command;

/** Commands on tokens of service accounts. */
@Command(
        name = "token",
        description = "Issue and revoke tokens of service accounts.",
        mixinStandardHelpOptions = true,
        subcommands = {TokenIssueCommand.class, TokenRevokeCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {"  drover token issue ci"})
final class TokenCommand {}
