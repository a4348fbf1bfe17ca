package dev.drover.gateway.api;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;

/** Turns settings into options of the HTTP server. */
final class ServerOptions {
    private static final int LINE_BYTES = 16 << 10;
    private static final int HEADER_BYTES = 32 << 10;

    private ServerOptions() {}

    static HttpServerOptions of(ApiSettings settings) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setHost(settings.host())
                        .setPort(settings.port())
                        .setMaxInitialLineLength(LINE_BYTES)
                        .setMaxHeaderSize(HEADER_BYTES)
                        .setTcpKeepAlive(true);
        settings.tls().ifPresent(tls -> secure(options, tls));
        return options;
    }

    private static void secure(HttpServerOptions options, ApiSettings.Tls tls) {
        options.setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(
                        new PemKeyCertOptions()
                                .setCertPath(tls.certificate().toString())
                                .setKeyPath(tls.key().toString()));
        tls.clientCa()
                .ifPresent(ca ->
                        options.setClientAuth(ClientAuth.REQUIRED)
                                .setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
    }
}
