package dev.convergence.steps.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private final AddressGuard strict = new AddressGuard(false);
    private final AddressGuard open = new AddressGuard(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.9",
                "10.0.0.8",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "::1",
                "fc00::1",
                "fd12:3456::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "2130706433",
                "127.1"
            })
    void private_addresses_are_refused_unless_they_are_opened(String address) {
        assertThatThrownBy(() -> strict.addresses(address)).isInstanceOf(EngineException.class);
        assertThat(open.addresses(address)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "169.254.169.254",
                "::ffff:169.254.169.254",
                "fd00:ec2::254",
                "100.100.100.200",
                "fe80::1",
                "ff02::1",
                "224.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "192.0.0.192",
                "::",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:0:4136:e378::1",
                "fec0::1",
                "::7f00:1"
            })
    void metadata_multicast_and_wrapped_addresses_are_refused_always(String address) {
        assertThatThrownBy(() -> strict.addresses(address)).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> open.addresses(address)).isInstanceOf(EngineException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.32.0.1",
                "172.15.0.1",
                "169.253.0.1",
                "192.169.0.1",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void public_addresses_are_allowed(String address) {
        assertThat(strict.addresses(address)).hasSize(1);
    }

    @Test
    void one_private_address_among_public_ones_refuses_the_host() {
        AddressGuard guard = guard("8.8.8.8", "10.0.0.1");

        assertThatThrownBy(() -> guard.addresses("mixed.example"))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void a_private_host_and_one_that_is_not_there_get_the_same_sentence() {
        AddressGuard nowhere =
                new AddressGuard(
                        false,
                        host -> {
                            throw new UnknownHostException(host);
                        });
        String missing = message(nowhere);

        assertThat(message(guard("10.0.0.1"))).isEqualTo(missing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/a",
                "file:///etc/hostname",
                "/etc/hostname",
                "example.com",
                "http://user:password@example.com/",
                "http://user@example.com/",
                "http:///a",
                "jar:http://example.com/a!/b",
                "http://0x7f.1/",
                "http://[fe80::1%25eth0]/",
                "http://exa mple.com/",
                "gopher://example.com",
                ""
            })
    void what_is_no_plain_web_address_is_refused(String url) {
        assertThatThrownBy(() -> open.checked(url))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("url: ")
                .hasMessageNotContaining("password@");
    }

    private static String message(AddressGuard guard) {
        try {
            guard.addresses("host.example");
            return "";
        } catch (EngineException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static AddressGuard guard(String... addresses) {
        InetAddress[] all = new InetAddress[addresses.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.ofLiteral(addresses[i]);
        }
        return new AddressGuard(false, host -> all);
    }
}
