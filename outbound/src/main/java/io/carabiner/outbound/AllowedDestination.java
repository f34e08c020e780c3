package io.carabiner.outbound;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where an operator lets URLs lead that the policy would refuse: one entry of {@code Carabiner.Outbound.AllowList}. */
public sealed interface AllowedDestination {

    /** Every name of a host that is written so; where the name leads does not matter then. */
    record HostName(String name) implements AllowedDestination {}

    /** Every address in a range. */
    record Range(AddressRange range) implements AllowedDestination {}

    /** What a host name may look like; at least one character is no digit, colon, dot or slash. */
    Pattern NAME = Pattern.compile("(?=.*[a-z_-])[a-z0-9_]([a-z0-9_.-]{0,252})");

    /**
     * Reads an entry: an address, a range ({@code 10.1.0.0/16}, {@code fd00::/8}) or the name of a host.
     *
     * @throws IllegalArgumentException if it is none of them, with a sentence
     */
    static AllowedDestination parse(String text) {
        String entry = text.strip().toLowerCase(Locale.ROOT);
        if (NAME.matcher(entry).matches()) {
            return new HostName(entry);
        }
        try {
            return new Range(AddressRange.parse(entry));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no address, range of addresses (10.1.0.0/16) or host name", e);
        }
    }

    /** Whether it lets a connection through to an address that a name has led to. */
    default boolean allows(String host, InetAddress address) {
        return switch (this) {
            case HostName(String name) -> name.equals(host.toLowerCase(Locale.ROOT));
            case Range(AddressRange range) -> range.holds(address.getAddress());
        };
    }
}
