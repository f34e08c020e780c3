package io.carabiner.localservers;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a local PostgreSQL is to be run.
 *
 * @param folder holds the data, the log and the password; made where missing, private to its owner
 * @param preferredPort taken where free, else another free one; 0 for any free one
 * @param database made when the data folder is made; lower-case letters, digits and underscores
 * @param durability whether data must survive a power cut
 * @param settings further server settings by name, for instance {@code max_connections}
 */
public record PostgresOptions(
        Path folder, int preferredPort, String database, Durability durability, Map<String, String> settings) {

    /** What the data is worth. */
    public enum Durability {
        /** Every commit is on disk before it is acknowledged. */
        DURABLE,
        /** For tests: quick, lost with the machine, and the folder is deleted when the server stops. */
        THROWAWAY
    }

    /** Copies the settings and checks names and numbers. */
    public PostgresOptions {
        folder = folder.toAbsolutePath().normalize();
        settings = Map.copyOf(settings);
        if (preferredPort < 0 || preferredPort > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + preferredPort);
        }
        if (!database.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a plain database name: " + database);
        }
    }

    /** Data that lasts, in this folder. */
    public static PostgresOptions durable(Path folder, int preferredPort, String database) {
        return new PostgresOptions(folder, preferredPort, database, Durability.DURABLE, Map.of());
    }

    /** Data for one test run, in this folder, on any free port. */
    public static PostgresOptions throwaway(Path folder) {
        return new PostgresOptions(folder, 0, "carabiner_test", Durability.THROWAWAY, Map.of("max_connections", "300"));
    }
}
