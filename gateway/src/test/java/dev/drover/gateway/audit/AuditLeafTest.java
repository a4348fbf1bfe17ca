package dev.drover.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes of an entry are the same wherever they are made, and an entry comes back from them. */
final class AuditLeafTest {
    private static final Instant TIME = Instant.parse("2026-11-21T10:00:00.000001234Z");

    @Test
    void aLeafIsCanonicalJson() {
        AuditEvent event =
                new AuditEvent(
                        "serviceAccounts/ci",
                        "promotion.approve",
                        "projects/shop/promotions/p1",
                        "approved",
                        Map.of("etag", "7", "digest", "ab", "Z", "1"),
                        "r-1");

        assertThat(AuditLeaf.of(42, TIME, event).toStringUtf8())
                .isEqualTo(
                        """
                        {"action":"promotion.approve","actor":"serviceAccounts/ci",\
                        "details":{"Z":"1","digest":"ab","etag":"7"},"requestId":"r-1",\
                        "resource":"projects/shop/promotions/p1","seq":42,"summary":"approved",\
                        "time":"2026-11-21T10:00:00.000001Z"}\
                        """);
    }

    @Test
    void onlyWhatJsonMustEscapeIsEscaped() {
        AuditEvent event = summary("\"\\/\b\f\n\r\t\u0001\u001f\u007f\u20ac\uD83D\uDE00<>&'\u2028");

        assertThat(AuditLeaf.of(0, TIME, event).toStringUtf8())
                .contains(
                        "\"summary\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\u20ac\uD83D\uDE00<>&'\u2028\"");
    }

    @Test
    void keysAreSortedByTheirCodeUnitsAsTheRfcDemands() {
        AuditEvent event =
                new AuditEvent(
                        "", "", "", "", Map.of("\uD83D\uDE00", "1", "\uFB33", "2", "", "0"), "");

        assertThat(AuditLeaf.of(0, TIME, event).toStringUtf8())
                .contains("{\"\":\"0\",\"\uD83D\uDE00\":\"1\",\"\uFB33\":\"2\"}");
    }

    @Test
    void anEntryComesBackFromItsLeaf() {
        AuditRecord entry = AuditLeaf.record(3, TIME, summary("two\nlines"));

        assertThat(AuditLeaf.parse(3, entry.leaf(), entry.leafHash())).isEqualTo(entry);
        assertThat(entry.time()).isEqualTo(Instant.parse("2026-11-21T10:00:00.000001Z"));
    }

    @Test
    void aDamagedLeafIsStillAnEntry() {
        ByteString damaged = ByteString.copyFromUtf8("{\"seq\":");

        AuditRecord entry = AuditLeaf.parse(9, damaged, ByteString.EMPTY);

        assertThat(entry.seq()).isEqualTo(9);
        assertThat(entry.leaf()).isEqualTo(damaged);
        assertThat(entry.event().summary()).startsWith("damaged: ");
    }

    private static AuditEvent summary(String summary) {
        return new AuditEvent("root", "test", "projects/shop", summary, Map.of(), "");
    }
}
