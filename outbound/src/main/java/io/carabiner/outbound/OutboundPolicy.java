package io.carabiner.outbound;

import io.carabiner.primitives.Bytes;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses a job may reach when its URL is not the operator's own: none that are local, private, shared,
 * multicast or reserved, in whatever form they are written. Pure.
 */
final class OutboundPolicy {

    /** First address, length of the prefix in bits. */
    private record Block(Bytes address, int bits) {

        boolean holds(byte[] candidate) {
            if (candidate.length != address.size()) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((candidate[bit / 8] & mask) != (address.at(bit / 8) & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Block> BLOCKED = List.of(
            block("0.0.0.0", 8),
            block("10.0.0.0", 8),
            block("100.64.0.0", 10),
            block("127.0.0.0", 8),
            block("169.254.0.0", 16),
            block("172.16.0.0", 12),
            block("192.0.0.0", 24),
            block("192.168.0.0", 16),
            block("198.18.0.0", 15),
            block("224.0.0.0", 4),
            block("240.0.0.0", 4),
            block("0:0:0:0:0:0:0:0", 96),
            block("64:ff9b:1:0:0:0:0:0", 48),
            block("fc00:0:0:0:0:0:0:0", 7),
            block("fe80:0:0:0:0:0:0:0", 10),
            block("fec0:0:0:0:0:0:0:0", 10),
            block("ff00:0:0:0:0:0:0:0", 8));

    private static final Block NAT64 = block("64:ff9b:0:0:0:0:0:0", 96);
    private static final Block SIX_TO_FOUR = block("2002:0:0:0:0:0:0:0", 16);

    private OutboundPolicy() {}

    private static Block block(String address, int bits) {
        return new Block(Bytes.of(InetAddress.ofLiteral(address).getAddress()), bits);
    }

    /** Whether an untrusted URL may lead there. IPv6 forms that hold an IPv4 address are judged by that one. */
    static boolean allows(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (BLOCKED.stream().anyMatch(block -> block.holds(bytes))) {
            return false;
        }
        if (!(address instanceof Inet4Address) && NAT64.holds(bytes)) {
            return allowsEmbedded(bytes, 12);
        }
        return address instanceof Inet4Address || !SIX_TO_FOUR.holds(bytes) || allowsEmbedded(bytes, 2);
    }

    private static boolean allowsEmbedded(byte[] bytes, int from) {
        byte[] inner = {bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3]};
        return BLOCKED.stream().noneMatch(block -> block.holds(inner));
    }
}
