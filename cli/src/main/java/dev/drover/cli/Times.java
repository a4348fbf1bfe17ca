package dev.drover.cli;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as people read them: to the second, in UTC as the logs of all machines are. */
final class Times {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Times() {}

    static String text(Timestamp time) {
        return text(Instant.ofEpochSecond(time.getSeconds()));
    }

    static String text(Instant time) {
        return FORMAT.format(time);
    }

    /** The same of a field of any message; empty where it is not set. */
    static String text(Message message, String field) {
        var descriptor = message.getDescriptorForType().findFieldByName(field);
        if (descriptor == null || !message.hasField(descriptor)) {
            return "";
        }
        Message time = (Message) message.getField(descriptor);
        Object seconds = time.getField(time.getDescriptorForType().findFieldByName("seconds"));
        return FORMAT.format(Instant.ofEpochSecond((Long) seconds));
    }
}
