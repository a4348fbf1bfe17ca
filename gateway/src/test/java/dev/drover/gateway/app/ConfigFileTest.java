package dev.drover.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drover.gateway.api.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z_.]+)` \\| `([^`]*)` \\| `(DROVER_[A-Z_]+)` \\| .+ \\|");

    @TempDir Path directory;

    private GatewayConfig read(String yaml) throws IOException {
        return read(yaml, Map.of(), Map.of());
    }

    private GatewayConfig read(
            String yaml, Map<String, String> environment, Map<String, String> flags)
            throws IOException {
        Path file = Files.writeString(directory.resolve("gateway.yaml"), yaml);
        return ConfigFile.read(Optional.of(file), environment, flags);
    }

    private void assertRefused(String yaml, String... parts) {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> read(yaml))
                .satisfies(failure ->
                        assertThat(failure.getMessage())
                                .contains(parts)
                                .doesNotContain("java.")
                                .doesNotContain("\n"));
    }

    @Test
    void whatTheFileLeavesOutHasItsDefault() throws IOException {
        assertThat(read("")).isEqualTo(GatewayConfig.DEFAULT);
        GatewayConfig config = read("listen:\n  port: 7\ncalls:\n  max_time: 5m\n");

        assertThat(config.listen().port()).isEqualTo(7);
        assertThat(config.listen().host()).isEqualTo("127.0.0.1");
        assertThat(config.calls().maxTime()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void environmentWinsOverTheFileAndFlagsOverBoth() throws IOException {
        GatewayConfig config =
                read(
                        "listen: {port: 1}\nlog: {level: warn}\n",
                        Map.of(
                                "DROVER_LISTEN_PORT", "2",
                                "DROVER_LISTEN_CORS_ORIGINS", "https://a, https://b",
                                "DROVER_ADDR", "not a key, of no interest"),
                        Map.of("listen.port", "3"));

        assertThat(config.listen().port()).isEqualTo(3);
        assertThat(config.log().level()).isEqualTo("warn");
        assertThat(config.listen().corsOrigins()).containsExactly("https://a", "https://b");
    }

    @Test
    void unknownKeyIsNamedWithItsLine() {
        assertRefused(
                "listen:\n  port: 1\n  prot: 2\n",
                "gateway.yaml:3: there is no key listen.prot",
                "host, port, tls");
        assertRefused("\nlisen: {}\n", "gateway.yaml:2: there is no key lisen", "known here:");
        assertRefused("listen: 5\n", "gateway.yaml:1: listen is a section");
    }

    @Test
    void wrongValueIsNamedWithItsLine() {
        assertRefused(
                "calls:\n  max_time: soon\n", "gateway.yaml:2", "calls.max_time", "500ms, 30s");
        assertRefused("listen: {port: many}\n", "gateway.yaml:1", "listen.port", "many");
        assertRefused("listen: {port: 70000}\n", "listen.port is 70000", "0 to 65535");
        assertRefused("log: {level: loud}\n", "log.level is loud");
        assertRefused("log:\n  format: xml\n", "gateway.yaml:2", "log.format", "json");
        assertRefused("listen: {port: [\n", "gateway.yaml:", "not YAML");
    }

    @Test
    void wrongVariableIsNamed() {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> read("", Map.of("DROVER_LISTEN_PORT", "x"), Map.of()))
                .withMessageContaining("DROVER_LISTEN_PORT: listen.port");
    }

    @Test
    void otherMachinesAreServedWithTlsOnlyUnlessSaidOtherwise() throws IOException {
        assertRefused("listen: {host: 0.0.0.0}\n", "listen.tls.certificate", "listen.plaintext");
        assertThat(read("listen: {host: 0.0.0.0, plaintext: true}\n").listen().plaintext())
                .isTrue();
        assertRefused(
                "listen:\n  tls: {certificate: /nowhere/a.pem, key: /nowhere/b.pem}\n",
                "listen.tls.certificate: cannot read /nowhere/a.pem");
    }

    @Test
    void missingFileIsOneSentence() {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() ->
                        ConfigFile.read(
                                Optional.of(directory.resolve("none.yaml")), Map.of(), Map.of()))
                .withMessageContaining("there is no configuration file");
    }

    @Test
    void everyKeyIsDocumentedWithItsDefaultAndItsVariable() throws IOException {
        SortedMap<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/configuration.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), row.group(2));
                assertThat(row.group(3)).isEqualTo(ConfigTree.variable(row.group(1)));
            }
        }

        assertThat(documented).isEqualTo(ConfigTree.defaults());
    }
}
