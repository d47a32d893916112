package dev.convergence.steps.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/// What an address is to us.
///
/// For IPv6 the public ones are listed, not the others: whatever wraps an IPv4 address (mapped,
/// NAT64, 6to4, Teredo) could lead back into a private network.
enum AddressKind {
    PUBLIC,
    /// Loopback and private networks: an operator may open them.
    PRIVATE,
    /// Never an honest target: link-local (with the clouds' metadata servers), multicast, reserved.
    FORBIDDEN;

    private static final List<AddressBlock> PRIVATE_4 =
            blocks("10.0.0.0/8 127.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10");
    private static final List<AddressBlock> FORBIDDEN_4 =
            blocks(
                    "0.0.0.0/8 169.254.0.0/16 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24"
                            + " 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4"
                            + " 240.0.0.0/4 100.100.100.200/32");
    private static final List<AddressBlock> PRIVATE_6 = blocks("::1/128 fc00::/7");
    private static final List<AddressBlock> GLOBAL_6 = blocks("2000::/3");
    private static final List<AddressBlock> FORBIDDEN_6 =
            blocks("fd00:ec2::254/128 2001::/23 2001:db8::/32 2002::/16 3fff::/20");

    static AddressKind of(InetAddress address) {
        return address instanceof Inet4Address ? ofFour(address) : ofSix(address);
    }

    private static AddressKind ofFour(InetAddress address) {
        if (within(FORBIDDEN_4, address)) {
            return FORBIDDEN;
        }
        return within(PRIVATE_4, address) ? PRIVATE : PUBLIC;
    }

    private static AddressKind ofSix(InetAddress address) {
        if (within(FORBIDDEN_6, address)) {
            return FORBIDDEN;
        }
        if (within(PRIVATE_6, address)) {
            return PRIVATE;
        }
        return within(GLOBAL_6, address) ? PUBLIC : FORBIDDEN;
    }

    private static boolean within(List<AddressBlock> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.holds(address));
    }

    private static List<AddressBlock> blocks(String blocks) {
        return List.of(blocks.split(" ")).stream().map(AddressBlock::of).toList();
    }
}
