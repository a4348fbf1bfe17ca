package dev.drover.cli;

import picocli.CommandLine.Option;

/** Why something is done that others will ask about. */
final class RequiredReason {
    @Option(
            names = {"--reason", "-reason"},
            required = true,
            paramLabel = "TEXT",
            description = "Why")
    String text = "";
}
