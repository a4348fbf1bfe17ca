package dev.drover.provider.resource;

import dev.drover.provider.framework.Function;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** {@code digest(text)}: a number of what a text says, whatever its line ends are. */
final class Digest implements Function {
    @Override
    public Signature signature() {
        return Signature.of(
                "A digest of a text",
                "SHA-256 in hex of what a text says, for example a jobspec or an expression: line ends of Windows"
                        + " count as line ends, and white space at the end of a line or of the text does not count."
                        + " So the same file gives the same digest wherever it was checked out.",
                List.of(Parameter.of("text", Type.STRING, "Any text.")),
                Type.STRING);
    }

    @Override
    public Value call(List<Value> arguments) {
        String text = ((Value.Text) arguments.getFirst()).text();
        String said =
                text.replaceAll("\\r\\n?", "\n").replaceAll("[ \\t]+\\n", "\n").stripTrailing();
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(said.getBytes(StandardCharsets.UTF_8));
            return Value.text(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
