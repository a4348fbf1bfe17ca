package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EtagsTest {
    private static final ByteString BODY = ByteString.copyFromUtf8("body");

    @Test
    void noEtagLooksLikeAnOptionOfACommand() {
        Set<String> seen = new HashSet<>();
        for (long revision = 1; revision <= 1000; revision++) {
            String etag = Etags.of(revision, BODY);
            assertThat(etag).matches("[0-9a-f]{24}");
            seen.add(etag);
        }
        assertThat(seen).hasSize(1000);
    }

    @Test
    void etagOfAnotherRevisionOrContentIsRefused() {
        String present = Etags.of(2, BODY);
        Etags.check("projects/a", present, present);
        Etags.check("projects/a", "", present);
        for (String stale :
                new String[] {Etags.of(1, BODY), Etags.of(2, ByteString.copyFromUtf8("other"))}) {
            assertThatThrownBy(() -> Etags.check("projects/a", stale, present))
                    .isInstanceOfSatisfying(
                            GatewayException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.ETAG_MISMATCH))
                    .hasMessageContaining(present)
                    .hasMessageContaining(stale);
        }
    }
}
