package io.carabiner.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses a job may reach when its URL is not the operator's own: none that are local, private, shared,
 * multicast or reserved, in whatever form they are written. Pure.
 */
final class OutboundPolicy {

    private static final List<AddressRange> BLOCKED = List.of(
            AddressRange.parse("0.0.0.0/8"),
            AddressRange.parse("10.0.0.0/8"),
            AddressRange.parse("100.64.0.0/10"),
            AddressRange.parse("127.0.0.0/8"),
            AddressRange.parse("169.254.0.0/16"),
            AddressRange.parse("172.16.0.0/12"),
            AddressRange.parse("192.0.0.0/24"),
            AddressRange.parse("192.168.0.0/16"),
            AddressRange.parse("198.18.0.0/15"),
            AddressRange.parse("224.0.0.0/4"),
            AddressRange.parse("240.0.0.0/4"),
            AddressRange.parse("0:0:0:0:0:0:0:0/96"),
            AddressRange.parse("64:ff9b:1:0:0:0:0:0/48"),
            AddressRange.parse("2001:0:0:0:0:0:0:0/32"),
            AddressRange.parse("fc00:0:0:0:0:0:0:0/7"),
            AddressRange.parse("fe80:0:0:0:0:0:0:0/10"),
            AddressRange.parse("fec0:0:0:0:0:0:0:0/10"),
            AddressRange.parse("ff00:0:0:0:0:0:0:0/8"));

    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b:0:0:0:0:0:0/96");
    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002:0:0:0:0:0:0:0/16");

    private final List<AllowedDestination> allowList;

    OutboundPolicy(List<AllowedDestination> allowList) {
        this.allowList = List.copyOf(allowList);
    }

    /** Whether an untrusted URL with that host may lead to that address: a public one, or one the operator lists. */
    boolean allows(String host, InetAddress address) {
        return isPublic(address) || allowList.stream().anyMatch(entry -> entry.allows(host, address));
    }

    /** Whether the operator lists the host by its name, so that where it leads does not matter. */
    boolean trustsName(String host) {
        return allowList.stream()
                .anyMatch(entry -> entry instanceof AllowedDestination.HostName(String name)
                        && name.equals(host.toLowerCase(Locale.ROOT)));
    }

    /** Whether it is none of the blocked ones. IPv6 forms that hold an IPv4 address are judged by that one. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (BLOCKED.stream().anyMatch(range -> range.holds(bytes))) {
            return false;
        }
        if (!(address instanceof Inet4Address) && NAT64.holds(bytes)) {
            return allowsEmbedded(bytes, 12);
        }
        return address instanceof Inet4Address || !SIX_TO_FOUR.holds(bytes) || allowsEmbedded(bytes, 2);
    }

    private static boolean allowsEmbedded(byte[] bytes, int from) {
        byte[] inner = {bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3]};
        return BLOCKED.stream().noneMatch(range -> range.holds(inner));
    }
}
