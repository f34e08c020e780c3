package io.carabiner.database;

import java.util.HashMap;
import java.util.Map;

/**
 * How PostgreSQL's own programs are told where the database is: through their environment, so that no password stands
 * in a command line, where every user of the machine could read it.
 */
public final class LibpqEnvironment {

    /** The driver's names of options that libpq knows by a variable. */
    private static final Map<String, String> VARIABLES = Map.of(
            "user", "PGUSER",
            "password", "PGPASSWORD",
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT",
            "sslcert", "PGSSLCERT",
            "sslkey", "PGSSLKEY",
            "options", "PGOPTIONS",
            "connectTimeout", "PGCONNECT_TIMEOUT");

    private LibpqEnvironment() {}

    /**
     * The variables for a URL.
     *
     * @param url as {@code Database.URL}
     * @throws DatabaseException {@code DATABASE_URL}
     */
    public static Map<String, String> of(String url) {
        DatabaseUrl parsed = DatabaseUrl.parse(url);
        Map<String, String> environment = new HashMap<>();
        environment.put("PGHOST", parsed.host());
        environment.put("PGPORT", Integer.toString(parsed.port()));
        environment.put("PGDATABASE", parsed.name());
        parsed.options().forEach((option, value) -> {
            String variable = VARIABLES.get(option);
            if (variable != null) {
                environment.put(variable, value);
            }
        });
        return Map.copyOf(environment);
    }

    /** The host in a URL. */
    public static String host(String url) {
        return DatabaseUrl.parse(url).host();
    }

    /** The name of the database in a URL. */
    public static String databaseName(String url) {
        return DatabaseUrl.parse(url).name();
    }

    /** A URL without user, password and options, for people: {@code host:port/name}. */
    public static String shown(String url) {
        return DatabaseUrl.parse(url).toString();
    }
}
