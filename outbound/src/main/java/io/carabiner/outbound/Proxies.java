package io.carabiner.outbound;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests go through a proxy: the variables {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY}, read
 * as Go's net/http reads them (golang.org/x/net/http/httpproxy). Pure.
 *
 * @param http for {@code http} URLs
 * @param https for {@code https} URLs
 * @param exempt hosts that are reached directly
 */
public record Proxies(Optional<HttpUrl> http, Optional<HttpUrl> https, List<Exempt> exempt) {

    /**
     * One entry of {@code NO_PROXY}.
     *
     * @param everything the entry {@code *}
     * @param range addresses, where the entry is an address or a range
     * @param suffix the domain with a dot before it; empty for addresses
     * @param exact whether the domain itself is meant too, not only names under it
     * @param port 0 for any
     */
    record Exempt(boolean everything, Optional<AddressRange> range, String suffix, boolean exact, int port) {

        boolean covers(String host, int requestPort) {
            if (everything) {
                return true;
            }
            if (port != 0 && port != requestPort) {
                return false;
            }
            if (range.isPresent()) {
                return literal(host)
                        .filter(it -> range.get().holds(it.getAddress()))
                        .isPresent();
            }
            return host.endsWith(suffix) || (exact && suffix.equals("." + host));
        }
    }

    /** Copies the list. */
    public Proxies {
        exempt = List.copyOf(exempt);
    }

    /** Every request goes directly. */
    public static Proxies none() {
        return new Proxies(Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * Reads the variables, upper case before lower case.
     *
     * @throws IllegalArgumentException if a proxy cannot be used, with a sentence that names the variable
     */
    public static Proxies fromEnvironment(Map<String, String> environment) {
        List<Exempt> exempt = new ArrayList<>();
        for (String entry : variable(environment, "NO_PROXY").orElse("").split(",", -1)) {
            exception(entry.strip().toLowerCase(Locale.ROOT)).ifPresent(exempt::add);
        }
        boolean cgi = !environment.getOrDefault("REQUEST_METHOD", "").isEmpty();
        return new Proxies(
                cgi ? Optional.empty() : proxy(environment, "HTTP_PROXY"), proxy(environment, "HTTPS_PROXY"), exempt);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        String upper = environment.getOrDefault(name, "");
        String value = upper.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : upper;
        return value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    private static Optional<HttpUrl> proxy(Map<String, String> environment, String name) {
        return variable(environment, name).map(text -> {
            String whole = text.contains("://") ? text : "http://" + text;
            HttpUrl url;
            try {
                url = HttpUrl.parse(whole);
            } catch (OutboundFailure e) {
                throw new IllegalArgumentException(name + " is no URL of a proxy: write http://host:port", e);
            }
            if (!url.scheme().equals("http") || url.host().isEmpty() || !url.hasValidPort()) {
                throw new IllegalArgumentException(
                        name + " must be http://host:port: other kinds of proxies are not supported");
            }
            return url;
        });
    }

    private static Optional<Exempt> exception(String entry) {
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        if (entry.equals("*")) {
            return Optional.of(new Exempt(true, Optional.empty(), "", false, 0));
        }
        Optional<AddressRange> whole = range(entry);
        if (whole.isPresent()) {
            return Optional.of(new Exempt(false, whole, "", false, 0));
        }
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon > 0 && entry.substring(colon + 1).matches("[0-9]{1,5}");
        String host = hasPort ? entry.substring(0, colon) : entry;
        int port = hasPort ? Integer.parseInt(entry.substring(colon + 1)) : 0;
        Optional<AddressRange> address = range(host.replace("[", "").replace("]", ""));
        if (address.isPresent()) {
            return Optional.of(new Exempt(false, address, "", false, port));
        }
        String name = host.startsWith("*.") ? host.substring(1) : host;
        boolean exact = !name.startsWith(".");
        return Optional.of(new Exempt(false, Optional.empty(), exact ? "." + name : name, exact, port));
    }

    private static Optional<AddressRange> range(String text) {
        try {
            return Optional.of(AddressRange.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The proxy for a URL; empty if it is reached directly, as this machine itself always is. */
    public Optional<HttpUrl> of(HttpUrl url) {
        Optional<HttpUrl> proxy = url.isSecure() ? https : http;
        return proxy.filter(ignored -> !isDirect(url));
    }

    private boolean isDirect(HttpUrl url) {
        String host = url.host().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || literal(host).filter(InetAddress::isLoopbackAddress).isPresent()
                || exempt.stream().anyMatch(exception -> exception.covers(host, url.effectivePort()));
    }
}
