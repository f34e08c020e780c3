package io.carabiner.pipeline;

import io.carabiner.database.Database;
import io.carabiner.primitives.Juels;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The bridges in the database (table {@code bridges}), with a copy in memory for the runs. Names are found in any case.
 * Safe for use by many threads.
 */
public final class BridgeStore implements BridgeLookup {

    /** How many bridges there may be. */
    public static final int BRIDGES_LIMIT = 10_000;

    private static final int TOKEN_BYTES = 24;
    private static final int SALT_BYTES = 24;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final String SELECT = "SELECT name, url, confirmations, minimum_contract_payment, outgoing_token,"
            + " created_at, updated_at FROM carabiner.bridges ";

    private final Database database;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable Map<String, Bridge> known;

    /** Over the node's database. */
    public BridgeStore(Database database) {
        this.database = database;
    }

    /**
     * A bridge and the token that calls to the node must carry: shown once, kept as a hash.
     */
    public record NewBridge(Bridge bridge, String incomingToken) {

        /** Everything but the token. */
        @Override
        public String toString() {
            return "NewBridge[" + bridge.name() + "]";
        }
    }

    /** What is wrong with a name, in the Go node's words; empty if nothing is. */
    public static Optional<String> nameFault(String name) {
        if (name.isEmpty()) {
            return Optional.of("No name specified");
        }
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("task type validation: name " + name + " contains invalid characters");
    }

    @Override
    public Optional<Bridge> bridge(String name) {
        Map<String, Bridge> bridges = known;
        if (bridges == null) {
            bridges = load();
            known = bridges;
        }
        return Optional.ofNullable(bridges.get(lower(name)));
    }

    private Map<String, Bridge> load() {
        Map<String, Bridge> loaded = new HashMap<>();
        list(0, BRIDGES_LIMIT).forEach(bridge -> loaded.put(bridge.name(), bridge));
        return Map.copyOf(loaded);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Part of the list, by name. */
    public List<Bridge> list(int offset, int limit) {
        return database.read(handle -> handle.createQuery(SELECT + "ORDER BY name LIMIT :limit OFFSET :offset")
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> read(row))
                .list());
    }

    /** How many there are. */
    public int count() {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM carabiner.bridges")
                .mapTo(Integer.class)
                .one());
    }

    private static Bridge read(ResultSet row) throws SQLException {
        BigDecimal payment = row.getBigDecimal("minimum_contract_payment");
        return new Bridge(
                row.getString("name"),
                URI.create(row.getString("url")),
                row.getLong("confirmations"),
                Optional.ofNullable(payment).map(BigDecimal::toBigIntegerExact).map(Juels::new),
                row.getString("outgoing_token"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static Optional<Bridge> find(Handle handle, String name) {
        return handle.createQuery(SELECT + "WHERE name = :name")
                .bind("name", lower(name))
                .map((row, context) -> read(row))
                .findOne();
    }

    /**
     * Stores a bridge with new tokens.
     *
     * @param name without fault, see {@link #nameFault}
     * @param confirmations 0 to 2^32−1
     * @return empty if the name is taken
     */
    public Optional<NewBridge> create(
            String name, URI url, long confirmations, Optional<Juels> minimumContractPayment) {
        requireFine(name);
        String token = secret(TOKEN_BYTES);
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return changing(handle -> {
            int stored = handle.createUpdate("INSERT INTO carabiner.bridges (name, url, confirmations,"
                            + " minimum_contract_payment, incoming_token_hash, incoming_token_salt, outgoing_token)"
                            + " VALUES (:name, :url, :confirmations, :payment, :hash, :salt, :outgoing)"
                            + " ON CONFLICT (name) DO NOTHING")
                    .bind("name", lower(name))
                    .bind("url", url.toString())
                    .bind("confirmations", confirmations)
                    .bind("payment", amount(minimumContractPayment))
                    .bind("hash", hash(salt, token))
                    .bind("salt", salt)
                    .bind("outgoing", secret(TOKEN_BYTES))
                    .execute();
            return stored == 0
                    ? Optional.<NewBridge>empty()
                    : find(handle, name).map(bridge -> new NewBridge(bridge, token));
        });
    }

    private static void requireFine(String name) {
        nameFault(name).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
    }

    private static @Nullable BigDecimal amount(Optional<Juels> payment) {
        return payment.map(juels -> new BigDecimal(juels.amount())).orElse(null);
    }

    /** Changes a bridge but for its name and tokens; empty if there is none of this name. */
    public Optional<Bridge> update(String name, URI url, long confirmations, Optional<Juels> minimumContractPayment) {
        return changing(handle -> {
            handle.createUpdate("UPDATE carabiner.bridges SET url = :url, confirmations = :confirmations,"
                            + " minimum_contract_payment = :payment, updated_at = now() WHERE name = :name")
                    .bind("name", lower(name))
                    .bind("url", url.toString())
                    .bind("confirmations", confirmations)
                    .bind("payment", amount(minimumContractPayment))
                    .execute();
            return find(handle, name);
        });
    }

    /** Removes a bridge; false if there was none. */
    public boolean delete(String name) {
        return changing(handle -> handle.createUpdate("DELETE FROM carabiner.bridges WHERE name = :name")
                        .bind("name", lower(name))
                        .execute()
                == 1);
    }

    private interface Change<T> {
        T apply(Handle handle);
    }

    private <T> T changing(Change<T> change) {
        try {
            return database.write(transaction -> change.apply(transaction.sql()));
        } finally {
            known = null;
        }
    }

    private String secret(int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return Base64.getEncoder().encodeToString(content);
    }

    private static byte[] hash(byte[] salt, String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no SHA-256", e);
        }
    }
}
