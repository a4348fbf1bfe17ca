package dev.drover.provider.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes MessagePack; each item in its shortest form, as Terraform does. */
final class MsgpackWriter {
    private byte[] bytes = new byte[512];
    private int size;

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void nil() {
        put(0xc0);
    }

    void bool(boolean truth) {
        put(truth ? 0xc3 : 0xc2);
    }

    /** Extension type 0 with one byte 0: "unknown" in Terraform's convention. */
    void unknown() {
        put(0xd4);
        put(0);
        put(0);
    }

    void integer(long number) {
        if (number >= 0) {
            if (number < 0x80) {
                put((int) number);
            } else if (number <= 0xff) {
                put(0xcc);
                put((int) number);
            } else {
                sized(number, 0xcd, 0xce, 0xcf);
            }
        } else if (number >= -0x20) {
            put((int) number);
        } else if (number >= Byte.MIN_VALUE) {
            put(0xd0);
            put((int) number);
        } else if (number >= Short.MIN_VALUE) {
            put(0xd1);
            bigEndian(number, 2);
        } else if (number >= Integer.MIN_VALUE) {
            put(0xd2);
            bigEndian(number, 4);
        } else {
            put(0xd3);
            bigEndian(number, 8);
        }
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length < 0x20) {
            put(0xa0 | utf8.length);
        } else if (utf8.length <= 0xff) {
            put(0xd9);
            put(utf8.length);
        } else {
            sized(utf8.length, 0xda, 0xdb, 0xdb);
        }
        raw(utf8);
    }

    void binary(byte[] content) {
        if (content.length <= 0xff) {
            put(0xc4);
            put(content.length);
        } else {
            sized(content.length, 0xc5, 0xc6, 0xc6);
        }
        raw(content);
    }

    void arrayHeader(int elements) {
        if (elements < 0x10) {
            put(0x90 | elements);
        } else {
            sized(elements, 0xdc, 0xdd, 0xdd);
        }
    }

    void mapHeader(int entries) {
        if (entries < 0x10) {
            put(0x80 | entries);
        } else {
            sized(entries, 0xde, 0xdf, 0xdf);
        }
    }

    private void sized(long number, int code16, int code32, int code64) {
        if (number <= 0xffff) {
            put(code16);
            bigEndian(number, 2);
        } else if (number <= 0xffff_ffffL) {
            put(code32);
            bigEndian(number, 4);
        } else {
            put(code64);
            bigEndian(number, 8);
        }
    }

    private void bigEndian(long number, int width) {
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            put((int) (number >>> shift));
        }
    }

    private void raw(byte[] content) {
        reserve(content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
    }

    private void put(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
