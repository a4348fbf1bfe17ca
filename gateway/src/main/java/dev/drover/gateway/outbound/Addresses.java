package dev.drover.gateway.outbound;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Addresses that no request goes to, whatever the list of hosts says: those that mean the machine
 * itself or its neighbours on the link, and those at which clouds hand out credentials.
 */
final class Addresses {
    /** Metadata services that do not have a link-local address. */
    private static final Set<String> METADATA =
            Set.of(
                    // Alibaba Cloud, Oracle Cloud (classic), Azure's wire server, AWS over IPv6.
                    "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2:0:0:0:0:0:254");

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] NAT64 = HEX.parseHex("0064ff9b0000000000000000");
    private static final byte[] NAT64_LOCAL = HEX.parseHex("0064ff9b0001");
    private static final byte[] SIX_TO_FOUR = HEX.parseHex("2002");
    private static final byte[] TEREDO = HEX.parseHex("20010000");
    private static final byte[] COMPATIBLE = new byte[12];
    private static final byte[] TRANSLATED = HEX.parseHex("0000000000000000ffff0000");

    private Addresses() {}

    /**
     * Why no request goes to an address; empty: it may.
     *
     * @param loopback whether the operator allows this machine itself by name
     */
    static Optional<String> forbidden(InetAddress address, boolean loopback) {
        if (address.isLoopbackAddress()) {
            return loopback
                    ? Optional.empty()
                    : Optional.of("is the gateway's own machine, which the list does not name");
        }
        if (address.isAnyLocalAddress()) {
            return Optional.of("is no address of a host");
        }
        if (address.isLinkLocalAddress()) {
            return Optional.of("is link-local");
        }
        if (address.isMulticastAddress() || broadcast(address)) {
            return Optional.of("is a multicast or broadcast address");
        }
        if (METADATA.contains(address.getHostAddress())) {
            return Optional.of("is a cloud's metadata service");
        }
        return embedded(address)
                .flatMap(inner -> forbidden(inner, false))
                .map(why -> "holds an IPv4 address that " + why);
    }

    /** The IPv4 address that an IPv6 address leads to by translation or by a tunnel. */
    private static Optional<InetAddress> embedded(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return Optional.empty();
        }
        byte[] bytes = address.getAddress();
        if (starts(bytes, SIX_TO_FOUR)) {
            return Optional.of(v4(bytes, 2, 0));
        }
        if (starts(bytes, TEREDO)) {
            return Optional.of(v4(bytes, 12, 0xff));
        }
        boolean atTheEnd =
                starts(bytes, NAT64)
                        || starts(bytes, NAT64_LOCAL)
                        || starts(bytes, COMPATIBLE)
                        || starts(bytes, TRANSLATED);
        return atTheEnd ? Optional.of(v4(bytes, 12, 0)) : Optional.empty();
    }

    private static boolean starts(byte[] bytes, byte[] prefix) {
        return Arrays.mismatch(bytes, 0, prefix.length, prefix, 0, prefix.length) < 0;
    }

    private static InetAddress v4(byte[] bytes, int from, int mask) {
        byte[] inner = Arrays.copyOfRange(bytes, from, from + 4);
        for (int i = 0; i < inner.length; i++) {
            inner[i] ^= (byte) mask;
        }
        try {
            return InetAddress.getByAddress(inner);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }

    private static boolean broadcast(InetAddress address) {
        return address instanceof Inet4Address && (address.getAddress()[0] & 0xf0) == 0xf0;
    }
}
