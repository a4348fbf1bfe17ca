package dev.drover.provider.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads MessagePack item by item. */
final class MsgpackReader {
    private final ByteBuffer bytes;

    MsgpackReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    boolean atEnd() {
        return !bytes.hasRemaining();
    }

    /** Whether the next item is nil; then it is consumed. */
    boolean skipNil() {
        if (peek() != 0xc0) {
            return false;
        }
        bytes.get();
        return true;
    }

    /**
     * Whether the next item is an extension: each stands for an unknown value, whatever is said
     * about it.
     */
    boolean skipUnknown() {
        int code = peek();
        if (code >= 0xd4 && code <= 0xd8) {
            skip(2 + (1 << (code - 0xd4)));
        } else if (code >= 0xc7 && code <= 0xc9) {
            bytes.get();
            skip(length(1 << (code - 0xc7)) + 1);
        } else {
            return false;
        }
        return true;
    }

    boolean bool() {
        return switch (next()) {
            case 0xc2 -> false;
            case 0xc3 -> true;
            default -> throw unexpected("bool");
        };
    }

    BigDecimal number() {
        int code = next();
        if (code < 0x80) {
            return BigDecimal.valueOf(code);
        }
        if (code >= 0xe0) {
            return BigDecimal.valueOf((byte) code);
        }
        return switch (code) {
            case 0xcc -> BigDecimal.valueOf(bytes.get() & 0xff);
            case 0xcd -> BigDecimal.valueOf(bytes.getShort() & 0xffff);
            case 0xce -> BigDecimal.valueOf(bytes.getInt() & 0xffff_ffffL);
            case 0xcf -> unsigned(bytes.getLong());
            case 0xd0 -> BigDecimal.valueOf(bytes.get());
            case 0xd1 -> BigDecimal.valueOf(bytes.getShort());
            case 0xd2 -> BigDecimal.valueOf(bytes.getInt());
            case 0xd3 -> BigDecimal.valueOf(bytes.getLong());
            case 0xca -> new BigDecimal(bytes.getFloat());
            case 0xcb -> new BigDecimal(bytes.getDouble());
            default -> {
                skip(-1);
                yield new BigDecimal(text());
            }
        };
    }

    String text() {
        int code = next();
        int length;
        if ((code & 0xe0) == 0xa0) {
            length = code & 0x1f;
        } else if (code >= 0xd9 && code <= 0xdb) {
            length = length(1 << (code - 0xd9));
        } else {
            throw unexpected("string");
        }
        return new String(take(length), StandardCharsets.UTF_8);
    }

    /** Binary; text is taken too. */
    byte[] binary() {
        int code = peek();
        if (code >= 0xc4 && code <= 0xc6) {
            bytes.get();
            return take(length(1 << (code - 0xc4)));
        }
        return text().getBytes(StandardCharsets.UTF_8);
    }

    int arrayHeader() {
        int code = next();
        if ((code & 0xf0) == 0x90) {
            return code & 0x0f;
        }
        return switch (code) {
            case 0xdc -> length(2);
            case 0xdd -> length(4);
            default -> throw unexpected("array");
        };
    }

    int mapHeader() {
        int code = next();
        if ((code & 0xf0) == 0x80) {
            return code & 0x0f;
        }
        return switch (code) {
            case 0xde -> length(2);
            case 0xdf -> length(4);
            default -> throw unexpected("map");
        };
    }

    private static BigDecimal unsigned(long number) {
        return new BigDecimal(new BigInteger(Long.toUnsignedString(number)));
    }

    private int peek() {
        return bytes.get(bytes.position()) & 0xff;
    }

    private int next() {
        return bytes.get() & 0xff;
    }

    private int length(int width) {
        long length =
                switch (width) {
                    case 1 -> bytes.get() & 0xff;
                    case 2 -> bytes.getShort() & 0xffff;
                    default -> bytes.getInt() & 0xffff_ffffL;
                };
        if (length > bytes.remaining()) {
            throw new IllegalArgumentException(
                    "msgpack item of " + length + " parts in " + bytes.remaining() + " bytes");
        }
        return (int) length;
    }

    private byte[] take(int length) {
        int from = bytes.position();
        skip(length);
        return Arrays.copyOfRange(bytes.array(), from, from + length);
    }

    private void skip(int distance) {
        bytes.position(bytes.position() + distance);
    }

    private IllegalArgumentException unexpected(String wanted) {
        int at = bytes.position() - 1;
        return new IllegalArgumentException(
                "msgpack: "
                        + wanted
                        + " expected at byte "
                        + at
                        + ", found code 0x"
                        + Integer.toHexString(bytes.get(at) & 0xff));
    }
}
