package dev.convergence.steps.http;

import java.math.BigInteger;
import java.net.InetAddress;

/// A range of addresses that begin with the same bits.
record AddressBlock(int bytes, BigInteger prefix, int freeBits) {

    /// @param text `address/bits`, the address a literal
    static AddressBlock of(String text) {
        int slash = text.indexOf('/');
        byte[] address = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
        int freeBits = address.length * Byte.SIZE - Integer.parseInt(text.substring(slash + 1));
        return new AddressBlock(
                address.length, new BigInteger(1, address).shiftRight(freeBits), freeBits);
    }

    boolean holds(InetAddress address) {
        byte[] bits = address.getAddress();
        return bits.length == bytes && new BigInteger(1, bits).shiftRight(freeBits).equals(prefix);
    }
}
