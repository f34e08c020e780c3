package io.carabiner.outbound;

import io.carabiner.primitives.Bytes;
import java.net.InetAddress;

/**
 * Addresses that begin alike.
 *
 * @param first the first address: 4 or 16 bytes
 * @param bits how many leading bits count
 */
record AddressRange(Bytes first, int bits) {

    /** {@code 10.0.0.0/8}, {@code fc00::/7}, or one address. */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                .getAddress();
        int all = address.length * Byte.SIZE;
        int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException("a prefix has 0 to " + all + " bits");
        }
        return new AddressRange(Bytes.of(address), bits);
    }

    boolean holds(byte[] candidate) {
        if (candidate.length != first.size()) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((candidate[bit / 8] & mask) != (first.at(bit / 8) & mask)) {
                return false;
            }
        }
        return true;
    }
}
