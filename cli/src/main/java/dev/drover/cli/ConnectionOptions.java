package dev.drover.cli;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Where the gateway is and who calls; the same for every command. */
final class ConnectionOptions {
    @Option(
            names = {"--address", "-address"},
            defaultValue = "${env:DROVER_ADDR:-http://127.0.0.1:4680}",
            paramLabel = "URL",
            description = {"Address of the gateway (DROVER_ADDR). Default:", "${DEFAULT-VALUE}"})
    String address = "";

    @Option(
            names = {"--token", "-token"},
            defaultValue = "${env:DROVER_TOKEN}",
            showDefaultValue = Visibility.NEVER,
            paramLabel = "TOKEN",
            description =
                    "Token of the caller (DROVER_TOKEN). Other users of the machine can see it: see --token-file")
    @Nullable String token;

    @Option(
            names = {"--token-file", "-token-file"},
            paramLabel = "FILE",
            description =
                    "File with the token of the caller; - is standard input. Wins over DROVER_TOKEN")
    @Nullable String tokenFile;

    @Option(
            names = {"--ca-cert", "-ca-cert"},
            defaultValue = "${env:DROVER_CACERT}",
            paramLabel = "FILE",
            description =
                    "PEM file of the certificate authorities that sign the gateway's certificate (DROVER_CACERT)")
    @Nullable Path caCertificate;

    @Option(
            names = {"--project", "-project"},
            defaultValue = "${env:DROVER_PROJECT}",
            paramLabel = "ID",
            description = "Project that short names are in (DROVER_PROJECT)")
    @Nullable String project;

    /** Names all calls of this command in the gateway's log and audit log. */
    final String requestId = "%016x".formatted(new SplittableRandom().nextLong());

    /** Opens a connection; nothing is sent before the first call. */
    Connection open() {
        return Connection.open(address, bearer(), caCertificate, requestId);
    }

    /** Whether the calls name anybody at all. */
    boolean anonymous() {
        return tokenFile == null && (token == null || token.isBlank());
    }

    private String bearer() {
        String found = token == null ? "" : token.strip();
        if (tokenFile != null) {
            found = InputFile.read("the token file", tokenFile).strip();
            if (found.isEmpty()) {
                throw new CliException(
                        "the token file "
                                + tokenFile
                                + " is empty; drover token issue makes a token");
            }
        }
        if (!found.chars().allMatch(letter -> letter > ' ' && letter < 0x7f)) {
            throw new CliException(
                    "the token holds a blank or a letter that no token has; look at "
                            + (tokenFile == null ? "DROVER_TOKEN or --token" : tokenFile));
        }
        return found;
    }

    /** How short names become resource names. */
    Names names() {
        return new Names(project);
    }
}
