package io.carabiner.database;

import io.carabiner.primitives.UrlAuthority;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code Database.URL}, in the form that libpq, the Go node and their documentation use.
 *
 * @param options the driver's options: user, password, sslmode and so on
 */
record DatabaseUrl(String host, int port, String name, Map<String, String> options) {

    private static final int PORT_DEFAULT = 5432;

    /** Options whose name in a libpq URL is not the driver's name. */
    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName",
            "target_session_attrs", "targetServerType");

    DatabaseUrl {
        options = Map.copyOf(options);
    }

    /**
     * Reads a URL.
     *
     * @throws DatabaseException {@code DATABASE_URL}; its message never shows the URL, which holds a password
     */
    static DatabaseUrl parse(String text) {
        if (text.isBlank()) {
            throw fault("is empty");
        }
        try {
            return from(new URI(text.strip()));
        } catch (URISyntaxException e) {
            throw fault("is not a URL (special characters of the password must be percent-encoded)");
        }
    }

    private static DatabaseUrl from(URI uri) {
        if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
            throw fault("must begin with postgresql://");
        }
        UrlAuthority authority =
                UrlAuthority.of(uri).orElseThrow(() -> fault("names no host, or its port is not a number"));
        String path = uri.getPath() == null ? "" : uri.getPath();
        if (path.length() < 2) {
            throw fault("names no database after the host");
        }
        Map<String, String> options = queryOptions(uri.getRawQuery());
        addUser(authority.rawUserInfo().orElse(null), options);
        return new DatabaseUrl(authority.host(), authority.port().orElse(PORT_DEFAULT), path.substring(1), options);
    }

    private static Map<String, String> queryOptions(@Nullable String query) {
        Map<String, String> options = new HashMap<>();
        if (query == null) {
            return options;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = decode(pair.substring(0, equals));
                options.put(DRIVER_NAMES.getOrDefault(name, name), decode(pair.substring(equals + 1)));
            }
        }
        return options;
    }

    private static void addUser(@Nullable String userInfo, Map<String, String> options) {
        if (userInfo == null) {
            return;
        }
        int colon = userInfo.indexOf(':');
        options.put("user", decode(colon < 0 ? userInfo : userInfo.substring(0, colon)));
        if (colon >= 0) {
            options.put("password", decode(userInfo.substring(colon + 1)));
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw fault("has a wrong percent-encoding");
        }
    }

    private static DatabaseException fault(String what) {
        return new DatabaseException(
                "DATABASE_URL",
                "Database.URL " + what + ": write it as postgresql://user:password@host:port/name?sslmode=verify-full");
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }

    /** The driver's properties; prepared statements without a name, so that they survive a pooler between. */
    Properties properties(String applicationName) {
        Properties properties = new Properties();
        properties.putAll(options);
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.putIfAbsent("connectTimeout", "10");
        properties.putIfAbsent("ApplicationName", cut(applicationName));
        return properties;
    }

    /** PostgreSQL cuts it itself, with a notice; 63 characters is its limit. */
    private static String cut(String applicationName) {
        return applicationName.length() <= 63 ? applicationName : applicationName.substring(0, 63);
    }

    String user() {
        return options.getOrDefault("user", "");
    }

    String place() {
        return host + ":" + port;
    }

    /** Without user, password and options. */
    @Override
    public String toString() {
        return place() + "/" + name;
    }
}
