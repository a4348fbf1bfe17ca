package dev.drover.provider.protocol;

import com.google.protobuf.ByteString;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.DiagnosticException;
import dev.drover.provider.framework.PrivateState;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.provider.tfplugin6.DynamicValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values and private state in messages. */
final class Values {
    private static final Type PRIVATE = new Type.MapOf(Type.STRING);

    private Values() {}

    /** The value in a message; null when the message holds none. */
    static Value decode(Type type, DynamicValue message) {
        if (!message.getMsgpack().isEmpty()) {
            return ValueDecoder.decode(type, message.getMsgpack().toByteArray());
        }
        return message.getJson().isEmpty()
                ? Absent.NULL
                : Json.decode(type, message.getJson().toStringUtf8());
    }

    /** A block, which Terraform always sends as an object. */
    static Value.Entries decodeBlock(Type.ObjectOf type, DynamicValue message) {
        if (decode(type, message) instanceof Value.Entries block) {
            return block;
        }
        // A block without content may be sent as null.
        Map<String, Value> empty = new LinkedHashMap<>();
        type.attributes().keySet().forEach(name -> empty.put(name, Absent.NULL));
        return new Value.Entries(empty);
    }

    static DynamicValue encode(Type type, Value value) {
        return DynamicValue.newBuilder()
                .setMsgpack(ByteString.copyFrom(ValueEncoder.encode(type, value)))
                .build();
    }

    static PrivateState decodePrivate(ByteString bytes) {
        Map<String, String> texts = new HashMap<>();
        if (!bytes.isEmpty()) {
            if (!(ValueDecoder.decode(PRIVATE, bytes.toByteArray())
                    instanceof Value.Entries entries)) {
                throw new DiagnosticException(
                        Diagnostic.error(
                                "Private state is damaged",
                                "Remove the object from the state and import it."));
            }
            entries.values().forEach((key, value) -> texts.put(key, ((Value.Text) value).text()));
        }
        return new PrivateState(texts);
    }

    static ByteString encodePrivate(PrivateState state) {
        Map<String, Value> texts = new LinkedHashMap<>();
        state.all().forEach((key, text) -> texts.put(key, new Value.Text(text)));
        return texts.isEmpty()
                ? ByteString.EMPTY
                : ByteString.copyFrom(ValueEncoder.encode(PRIVATE, new Value.Entries(texts)));
    }
}
