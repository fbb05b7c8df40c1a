package dev.cxotel.bridge.config;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/** A block of addresses: {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or one address. */
public final class Cidr {

    private final byte[] network;
    private final int prefix;

    private Cidr(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /** The block that the text names; empty when it names none. Names no host and asks no resolver. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            byte[] network = InetAddress.ofLiteral(address).getAddress();
            int bits = network.length * 8;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            return prefix < 0 || prefix > bits ? Optional.empty() : Optional.of(new Cidr(network, prefix));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An IPv4 address that is written as IPv6 counts as IPv4. */
    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != network.length) {
            return false;
        }
        int rest = network.length * 8 - prefix;
        return new BigInteger(1, other).shiftRight(rest).equals(new BigInteger(1, network).shiftRight(rest));
    }
}
