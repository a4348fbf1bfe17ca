package dev.drover.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * IP addresses that begin with the same bits, as CIDR writes them: {@code 10.0.0.0/8}. Nothing is
 * ever looked up; names are no addresses.
 */
final class AddressRange {

    private static final int LONGEST = 49;

    /** Of an address, 4 or 16. */
    private final byte[] bytes;

    /** How many of its bits count. */
    private final int bits;

    private AddressRange(byte[] bytes, int bits) {
        this.bytes = bytes;
        this.bits = bits;
    }

    /** Empty where the text is no range; bits that do not count must be 0. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9]\\d{0,2}")) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(text.substring(slash + 1));
        return address(text.substring(0, slash))
                .filter(bytes -> bits <= bytes.length * 8)
                .map(bytes -> new AddressRange(bytes, bits))
                .filter(range -> Arrays.equals(range.masked(range.bytes), range.bytes));
    }

    /** An address of version 4 or 6; empty where the text is none. */
    static Optional<byte[]> address(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        return text.indexOf(':') < 0 ? version4(text) : version6(text);
    }

    boolean contains(byte[] address) {
        return address.length == bytes.length && Arrays.equals(masked(address), bytes);
    }

    private byte[] masked(byte[] address) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int counted = Math.clamp(bits - i * 8L, 0, 8);
            masked[i] &= (byte) (0xFF << (8 - counted));
        }
        return masked;
    }

    private static Optional<byte[]> version4(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] bytes = new byte[4];
        for (int i = 0; i < parts.length; i++) {
            // A leading zero is octal to some programs and decimal to others.
            if (parts.length != 4 || !parts[i].matches("0|[1-9]\\d{0,2}")) {
                return Optional.empty();
            }
            int value = Integer.parseInt(parts[i]);
            if (value > 255) {
                return Optional.empty();
            }
            bytes[i] = (byte) value;
        }
        return Optional.of(bytes);
    }

    private static Optional<byte[]> version6(String text) {
        int gap = text.indexOf("::");
        Optional<List<Integer>> head = groups(gap < 0 ? text : text.substring(0, gap));
        Optional<List<Integer>> tail = groups(gap < 0 ? "" : text.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int missing = 8 - head.get().size() - tail.get().size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return Optional.empty();
        }
        List<Integer> all = new ArrayList<>(head.get());
        for (int i = 0; i < missing; i++) {
            all.add(0);
        }
        all.addAll(tail.get());
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[2 * i] = (byte) (all.get(i) >> 8);
            bytes[2 * i + 1] = (byte) (int) all.get(i);
        }
        return Optional.of(bytes);
    }

    /** Groups of 16 bits; the last two may be written as an address of version 4. */
    private static Optional<List<Integer>> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            Optional<byte[]> old = i == parts.length - 1 ? version4(parts[i]) : Optional.empty();
            if (old.isPresent()) {
                byte[] bytes = old.get();
                groups.add((bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF));
                groups.add((bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF));
            } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
                groups.add(Integer.parseInt(parts[i], 16));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }
}
