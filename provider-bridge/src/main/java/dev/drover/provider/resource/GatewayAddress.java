package dev.drover.provider.resource;

import java.net.URI;

/**
 * Where a gateway is.
 *
 * @param text as it was written
 * @param tls whether it is spoken to in TLS
 */
record GatewayAddress(String text, String host, int port, boolean tls) {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /**
     * Reads {@code http://HOST:PORT} or {@code https://HOST:PORT}.
     *
     * @throws Texts.BadText where it is neither
     */
    static GatewayAddress parse(String text) throws Texts.BadText {
        try {
            URI uri = URI.create(text);
            boolean tls = "https".equals(uri.getScheme());
            // An opaque one, such as localhost:4680, has no path at all.
            String path = uri.getRawPath();
            boolean bare = path != null && (path.isEmpty() || path.equals("/"));
            if ((tls || "http".equals(uri.getScheme())) && uri.getHost() != null && bare) {
                int port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS : HTTP;
                return new GatewayAddress(text, uri.getHost(), port, tls);
            }
        } catch (IllegalArgumentException notEvenAnAddress) {
            throw bad(text);
        }
        throw bad(text);
    }

    private static Texts.BadText bad(String text) {
        return new Texts.BadText(
                "\""
                        + text
                        + "\" is not the address of a gateway; write http://HOST:PORT or https://HOST:PORT");
    }
}
