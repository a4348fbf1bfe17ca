package dev.drover.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

    @ParameterizedTest
    @CsvSource({
        "prometheus.example,       http://prometheus.example/,          true",
        "prometheus.example,       http://PROMETHEUS.example:9090/,     true",
        "prometheus.example,       http://other.prometheus.example/,    false",
        "prometheus.example,       http://prometheus.example.evil.com/, false",
        "prometheus.example:9090,  http://prometheus.example:9090/,     true",
        "prometheus.example:9090,  http://prometheus.example/,          false",
        "prometheus.example:443,   https://prometheus.example/,         true",
        "*.internal.example,       http://a.b.internal.example/,        true",
        "*.internal.example,       http://internal.example/,            false",
        "*.internal.example,       http://evilinternal.example/,        false",
        "10.0.0.5:9090,            http://10.0.0.5:9090/,               true",
        "[fd00::5]:9090,           http://[fd00::5]:9090/,              true",
        "Prometheus.Example,       http://prometheus.example/,          true",
    })
    void hostsAreAdmittedAsTheyAreWritten(String entry, URI uri, boolean allowed) {
        assertThat(AllowedHosts.of(List.of(entry)).admit(uri).allowed()).isEqualTo(allowed);
    }

    @Test
    void nothingIsAllowedByDefault() {
        assertThat(AllowedHosts.of(List.of()).admit(URI.create("http://a/")).allowed()).isFalse();
    }

    @Test
    void onlyAListThatNamesThisMachineAllowsIt() {
        URI local = URI.create("http://localhost:1/");
        assertThat(AllowedHosts.of(List.of("localhost")).admit(local).loopback()).isTrue();
        assertThat(
                        AllowedHosts.of(List.of("*.example"))
                                .admit(URI.create("http://a.example/"))
                                .loopback())
                .isFalse();
        assertThat(
                        AllowedHosts.of(List.of("127.evil.example"))
                                .admit(URI.create("http://127.evil.example/"))
                                .loopback())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "http://a", "a/b", "a:b", "a b", "*.", "a..:99999999", "user@a"})
    void whatIsNoHostIsRefusedByName(String entry) {
        assertThatThrownBy(() -> AllowedHosts.of(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + entry + "\" is no host; write");
    }
}
