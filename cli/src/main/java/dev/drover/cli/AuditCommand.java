package dev.drover.cli;

import picocli.CommandLine.Command;

/** Commands on the audit log. */
@Command(
        name = "audit",
        description = "Read and check the audit log.",
        mixinStandardHelpOptions = true,
        subcommands = {AuditListCommand.class, AuditVerifyCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {"  drover audit list"})
final class AuditCommand {}
