package dev.drover.cli;

import picocli.CommandLine.Option;

/** Why something is done, for those who want to say it. */
final class OptionalReason {
    @Option(
            names = {"--reason", "-reason"},
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Why")
    String text = "";
}
