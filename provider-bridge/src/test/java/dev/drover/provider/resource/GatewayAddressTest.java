package dev.drover.provider.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayAddressTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:4680, 127.0.0.1, 4680, false",
        "https://drover.example, drover.example, 443, true",
        "https://drover.example:8443/, drover.example, 8443, true",
        "http://drover.example, drover.example, 80, false",
    })
    void addressIsRead(String text, String host, int port, boolean tls) throws Exception {
        assertThat(GatewayAddress.parse(text)).isEqualTo(new GatewayAddress(text, host, port, tls));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:4680",
                "127.0.0.1:4680",
                "ftp://drover.example",
                "http://",
                "http://drover.example/path",
                "http://a b"
            })
    void anythingElseIsRefusedWithWhatToWrite(String text) {
        assertThatThrownBy(() -> GatewayAddress.parse(text))
                .isInstanceOf(Texts.BadText.class)
                .hasMessage(
                        "\"%s\" is not the address of a gateway; write http://HOST:PORT or https://HOST:PORT",
                        text);
    }
}
