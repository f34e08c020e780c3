package io.carabiner.primitives;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a URL is addressed to. Unlike {@link URI#getHost} it knows host names with an underscore, as container
 * networks give them. Immutable.
 *
 * @param rawUserInfo what stands before the {@code @}, still percent-encoded
 * @param host a name, an IPv4 address, or an IPv6 address in brackets; never empty
 * @param port 0 to 65535; empty for the scheme's own
 */
public record UrlAuthority(Optional<String> rawUserInfo, String host, OptionalInt port) {

    private static final int PORT_MAX = 65_535;

    private static final Pattern SHAPE =
            Pattern.compile("(?:(?<user>.*)@)?(?<host>\\[[0-9a-fA-F:.%]+]|[A-Za-z0-9._-]+)(?::(?<port>\\d{0,5}))?");

    /** Empty if the URL names no host, or its port is not a port. */
    public static Optional<UrlAuthority> of(URI url) {
        @Nullable String authority = url.getRawAuthority();
        Matcher parts = SHAPE.matcher(authority == null ? "" : authority);
        if (!parts.matches()) {
            return Optional.empty();
        }
        OptionalInt port = port(parts.group("port"));
        return port.isPresent() && port.getAsInt() > PORT_MAX
                ? Optional.empty()
                : Optional.of(new UrlAuthority(Optional.ofNullable(parts.group("user")), parts.group("host"), port));
    }

    private static OptionalInt port(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }

    /** Whether Java's own HTTP client can be given this host by its name, which it cannot if it has an underscore. */
    public boolean isPlainHostName() {
        return host.indexOf('_') < 0;
    }
}
