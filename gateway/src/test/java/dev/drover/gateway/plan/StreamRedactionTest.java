package dev.drover.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sensitive values in a text that comes in pieces. */
class StreamRedactionTest {
    private static StreamRedaction over(String... values) {
        return new SafeTexts(Redaction.of(new Secrets(Map.of(), List.of(values)), List.of()))
                .stream();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    @Test
    void valueThatTwoPiecesShareIsFound() {
        StreamRedaction redaction = over("hunter22");

        assertThat(redaction.add(bytes("password is hun"))).isEqualTo("password is ");
        assertThat(redaction.held()).isEqualTo(3);
        assertThat(redaction.add(bytes("ter"))).isEmpty();
        assertThat(redaction.add(bytes("22, ok\n"))).isEqualTo("(sensitive), ok\n");
        assertThat(redaction.held()).isZero();
    }

    @Test
    void whatOnlyLooksLikeABeginningIsShown() {
        StreamRedaction redaction = over("hunter22");

        assertThat(redaction.add(bytes("the hunt"))).isEqualTo("the ");
        assertThat(redaction.add(bytes("ing\nhunt"))).isEqualTo("hunting\n");
        assertThat(redaction.end()).isEqualTo("hunt");
        assertThat(redaction.end()).isEmpty();
    }

    @Test
    void valueThatOverlapsItselfOrIsPartOfAnotherIsFoundWhole() {
        assertThat(whole(over("abab"), "xabab")).isEqualTo("x(sensitive)");
        assertThat(whole(over("abcab", "cabx"), "-abcab-")).isEqualTo("-(sensitive)-");
        assertThat(whole(over("key-1", "key-1-long"), "key-1-long key-1."))
                .isEqualTo("(sensitive) (sensitive).");
    }

    @Test
    void charactersStayWholeAndWhatIsNoneIsReplaced() {
        StreamRedaction redaction = over("geheimnüss");
        byte[] text = "ä€😀".getBytes(StandardCharsets.UTF_8);
        StringBuilder shown = new StringBuilder();
        for (byte one : text) {
            shown.append(redaction.add(ByteString.copyFrom(new byte[] {one})));
        }

        assertThat(shown.toString()).isEqualTo("ä€😀");
        assertThat(redaction.add(ByteString.copyFrom(new byte[] {(byte) 0xff, 'a'})))
                .isEqualTo("\ufffda");
        assertThat(redaction.add(bytes("geheimn")) + redaction.add(bytes("üss!")))
                .isEqualTo("(sensitive)!");
    }

    @Test
    void linesOfALongValueAreFoundByThemselves() {
        assertThat(whole(over("-----BEGIN\n  secret-line\n"), "| secret-line |"))
                .isEqualTo("| (sensitive) |");
    }

    @Test
    void whereTheTextIsCutMakesNoDifference() {
        String[] values = {"aabaab", "abba", "baab-x"};
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(40, 0, 8).forEach(i -> text.append("aabbab-x".charAt(i)));
            StreamRedaction pieces = over(values);
            StringBuilder shown = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(5));
                shown.append(pieces.add(bytes(text.substring(at, end))));
                at = end;
            }
            shown.append(pieces.end());
            assertThat(shown.toString())
                    .as("%s", text)
                    .isEqualTo(whole(over(values), text.toString()))
                    .doesNotContain(values);
        }
    }

    @Test
    void nothingSensitiveChangesNothing() {
        StreamRedaction redaction = over();

        assertThat(redaction.add(bytes("all of it"))).isEqualTo("all of it");
        assertThat(redaction.held()).isZero();
    }

    private static String whole(StreamRedaction redaction, String text) {
        return redaction.add(bytes(text)) + redaction.end();
    }
}
