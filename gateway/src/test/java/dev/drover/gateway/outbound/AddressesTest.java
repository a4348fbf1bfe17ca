package dev.drover.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254,          link-local",
        "169.254.0.1,              link-local",
        "fe80::1,                  link-local",
        "::ffff:169.254.169.254,   link-local",
        "::169.254.169.254,        link-local",
        "64:ff9b::a9fe:a9fe,       link-local",
        "64:ff9b:1::a9fe:a9fe,     link-local",
        "2002:a9fe:a9fe::1,        link-local",
        "2001:0:1:2:3:4:5601:5601, link-local",
        "::ffff:0:169.254.169.254, link-local",
        "fd00:ec2::254,            metadata",
        "100.100.100.200,          metadata",
        "168.63.129.16,            metadata",
        "127.0.0.1,                own machine",
        "127.8.8.8,                own machine",
        "::1,                      own machine",
        "::ffff:127.0.0.1,         own machine",
        "64:ff9b::7f00:1,          own machine",
        "2002:7f00:1::,            own machine",
        "0.0.0.0,                  no address",
        "::,                       no address",
        "224.0.0.1,                multicast",
        "255.255.255.255,          broadcast",
        "ff02::1,                  multicast",
    })
    void noRequestGoesThere(String address, String why) {
        assertThat(Addresses.forbidden(InetAddress.ofLiteral(address), false))
                .hasValueSatisfying(told -> assertThat(told).contains(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.5",
                "192.168.1.1",
                "172.16.0.1",
                "93.184.216.34",
                "fd12:3456::1",
                "2001:db8::1",
                "64:ff9b::a00:5",
                "100.64.0.1"
            })
    void hostsOfPrivateAndPublicNetworksAreReached(String address) {
        assertThat(Addresses.forbidden(InetAddress.ofLiteral(address), false)).isEmpty();
    }

    @Test
    void loopbackIsReachedWhereItIsNamedButNotByTranslation() {
        assertThat(Addresses.forbidden(InetAddress.ofLiteral("127.0.0.1"), true)).isEmpty();
        assertThat(Addresses.forbidden(InetAddress.ofLiteral("::1"), true)).isEmpty();
        assertThat(Addresses.forbidden(InetAddress.ofLiteral("64:ff9b::7f00:1"), true)).isPresent();
        assertThat(Addresses.forbidden(InetAddress.ofLiteral("169.254.169.254"), true)).isPresent();
    }
}
