package dev.cxotel.bridge.config.load;

import java.net.InetAddress;
import java.util.Optional;

/** A range of addresses in CIDR notation, such as {@code 10.0.0.0/8} or {@code fd00::/8}. */
record Network(InetAddress start, int prefix) {

    /** Empty when the text is none. */
    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress start = InetAddress.ofLiteral(text.substring(0, slash));
            int prefix = Integer.parseInt(text.substring(slash + 1));
            return prefix < 0 || prefix > start.getAddress().length * Byte.SIZE
                    ? Optional.empty()
                    : Optional.of(new Network(start, prefix));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether {@code host} is a literal address within. Names are not resolved. */
    boolean contains(String host) {
        byte[] address;
        try {
            address = InetAddress.ofLiteral(host).getAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
        byte[] from = start.getAddress();
        if (address.length != from.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((address[bit / Byte.SIZE] ^ from[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
