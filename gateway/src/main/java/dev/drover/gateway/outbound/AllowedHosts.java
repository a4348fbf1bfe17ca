package dev.drover.gateway.outbound;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts that requests may go to: names and addresses as they are written in requests, with or
 * without a port, or all names below a domain.
 */
public final class AllowedHosts {
    private static final Pattern ENTRY =
            Pattern.compile(
                    "(?<host>(?:\\*\\.)?[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]+])"
                            + "(?::(?<port>[0-9]{1,5}))?");
    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final List<Entry> entries;

    private AllowedHosts(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * One line of the list.
     *
     * @param host lower case; IPv6 in brackets; {@code *.} in front: all below
     * @param port empty: any
     */
    private record Entry(String host, Optional<Integer> port) {
        boolean admits(String asked, int at) {
            boolean named =
                    host.startsWith("*.") ? asked.endsWith(host.substring(1)) : asked.equals(host);
            return named && port.map(one -> one == at).orElse(true);
        }

        /** Whether the operator wrote that this machine itself is meant. */
        boolean loopback() {
            return host.equals("localhost")
                    || host.equals("[::1]")
                    || (host.startsWith("127.") && IPV4.matcher(host).matches());
        }
    }

    /**
     * Reads the list.
     *
     * @throws IllegalArgumentException naming an entry that is none
     */
    public static AllowedHosts of(List<String> list) {
        return new AllowedHosts(list.stream().map(AllowedHosts::entry).toList());
    }

    /** Whether the host and port of an address are on the list, and how. */
    Admission admit(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int port = port(uri);
        List<Entry> admitting = entries.stream().filter(one -> one.admits(host, port)).toList();
        return new Admission(!admitting.isEmpty(), admitting.stream().anyMatch(Entry::loopback));
    }

    /**
     * What the list says of a host.
     *
     * @param loopback whether it names this machine itself
     */
    record Admission(boolean allowed, boolean loopback) {}

    static int port(URI uri) {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return uri.getScheme().equals("https") ? HTTPS : HTTP;
    }

    private static Entry entry(String text) {
        Matcher entry = ENTRY.matcher(text.toLowerCase(Locale.ROOT));
        if (!entry.matches()) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" is no host; write prometheus.example, prometheus.example:9090,"
                            + " *.internal.example, 10.0.0.5 or [fd00::5]:9090");
        }
        return new Entry(
                entry.group("host"),
                Optional.ofNullable(entry.group("port")).map(Integer::valueOf));
    }
}
