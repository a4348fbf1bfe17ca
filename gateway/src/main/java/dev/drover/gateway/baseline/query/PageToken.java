package dev.drover.gateway.baseline.query;

import com.google.protobuf.ByteString;
import dev.drover.gateway.error.GatewayException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Where a page ended, bound to the list that it is a page of. */
public final class PageToken {
    private static final int BINDING_BYTES = 12;

    private PageToken() {}

    /**
     * A token.
     *
     * @param list what is listed: kind, parent, filter and order
     * @param place where to go on
     */
    public static String of(String list, ByteString place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(binding(list).concat(place).toByteArray());
    }

    /**
     * The place in a token.
     *
     * @throws GatewayException INVALID_QUERY where it is not a token of this list
     */
    public static ByteString place(String list, String token) {
        ByteString bytes;
        try {
            bytes = ByteString.copyFrom(Base64.getUrlDecoder().decode(token));
        } catch (IllegalArgumentException e) {
            throw unusable();
        }
        if (!bytes.startsWith(binding(list))) {
            throw unusable();
        }
        return bytes.substring(BINDING_BYTES);
    }

    /** The refusal of a token. */
    public static GatewayException unusable() {
        return QueryErrors.of(
                "page_token",
                "is not a token of this list; send next_page_token of the page before with the"
                        + " same parent, filter and order_by, or start without one");
    }

    private static ByteString binding(String list) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(list.getBytes(StandardCharsets.UTF_8));
            return ByteString.copyFrom(digest, 0, BINDING_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
