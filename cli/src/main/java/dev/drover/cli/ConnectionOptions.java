package dev.drover.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the gateway is and who calls; the same for every command. */
final class ConnectionOptions {
    @Option(
            names = {"--address", "-address"},
            defaultValue = "${env:DROVER_ADDR:-http://127.0.0.1:4680}",
            paramLabel = "URL",
            description = "Address of the gateway (DROVER_ADDR). Default: ${DEFAULT-VALUE}")
    String address = "";

    @Option(
            names = {"--token", "-token"},
            defaultValue = "${env:DROVER_TOKEN}",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            paramLabel = "TOKEN",
            description = "Token of the caller (DROVER_TOKEN)")
    @Nullable String token;

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

    /** Opens a connection; nothing is sent before the first call. */
    Connection open() {
        return Connection.open(address, token, caCertificate);
    }

    /** How short names become resource names. */
    Names names() {
        return new Names(project);
    }
}
