package io.carabiner.jobs.webhook;

import io.carabiner.database.Database;
import io.carabiner.primitives.Bytes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The external initiators of this node. Of what they call with only a salted hash is kept. Safe for use by many
 * threads.
 */
public final class ExternalInitiators {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]+");

    private static final int KEY_BYTES = 16;
    private static final int SECRET_BYTES = 48;
    private static final int SALT_BYTES = 24;

    private static final String SELECT = """
            SELECT id, name, url, access_key, secret_hash, secret_salt, outgoing_token, outgoing_secret, created_at,
                updated_at
            FROM carabiner.external_initiators\s""";

    /** A new one, with what it must call with; the secret is shown this once. */
    public record NewInitiator(ExternalInitiator initiator, String incomingSecret) {

        /** Everything but the secret. */
        @Override
        public String toString() {
            return "NewInitiator[" + initiator.name() + "]";
        }
    }

    private record Row(ExternalInitiator initiator, Bytes hash, Bytes salt) {}

    private final Database database;
    private final SecureRandom random = new SecureRandom();

    /** The initiators in a database. */
    public ExternalInitiators(Database database) {
        this.database = database;
    }

    /** What is wrong with a name, in the Go node's words; empty if nothing is. */
    public static Optional<String> nameFault(String name) {
        if (name.isEmpty()) {
            return Optional.of("No name specified");
        }
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("Name must be alphanumeric and may contain '_' or '-'");
    }

    /**
     * Stores an initiator with new keys.
     *
     * @param name without fault, see {@link #nameFault}; kept in lower case
     * @return empty if the name is taken
     */
    public Optional<NewInitiator> create(String name, Optional<URI> url) {
        nameFault(name).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
        String key = HexFormat.of().formatHex(bytes(KEY_BYTES));
        String secret = base64(SECRET_BYTES);
        byte[] salt = bytes(SALT_BYTES);
        return database.write(tx -> rows(tx.sql()
                        .createQuery("""
                        INSERT INTO carabiner.external_initiators
                            (name, url, access_key, secret_hash, secret_salt, outgoing_token, outgoing_secret)
                        VALUES (:name, :url, :key, :hash, :salt, :token, :secret) ON CONFLICT (name) DO NOTHING
                        RETURNING id, name, url, access_key, secret_hash, secret_salt, outgoing_token,
                            outgoing_secret, created_at, updated_at""")
                        .bind("name", lower(name))
                        .bind("url", url.map(URI::toString).orElse(null))
                        .bind("key", key)
                        .bind("hash", hash(key, secret, salt))
                        .bind("salt", salt)
                        .bind("token", base64(SECRET_BYTES))
                        .bind("secret", base64(SECRET_BYTES)))
                .stream()
                .map(row -> new NewInitiator(row.initiator(), secret))
                .findFirst());
    }

    /** A part of all initiators, the oldest first. */
    public List<ExternalInitiator> list(int offset, int limit) {
        return database.read(sql -> rows(sql.createQuery(SELECT + "ORDER BY id OFFSET :offset LIMIT :limit")
                        .bind("offset", offset)
                        .bind("limit", limit))
                .stream()
                .map(Row::initiator)
                .toList());
    }

    /** How many there are. */
    public long count() {
        return database.read(sql -> sql.createQuery("SELECT count(*) FROM carabiner.external_initiators")
                .mapTo(Long.class)
                .one());
    }

    /** The initiator of this name, in any case. */
    public Optional<ExternalInitiator> find(String name) {
        return database.read(sql -> one(sql, "name", lower(name))).map(Row::initiator);
    }

    /** Who calls with this key and secret. */
    public Optional<ExternalInitiator> verify(String accessKey, String secret) {
        return database.read(sql -> one(sql, "access_key", accessKey))
                .filter(row -> MessageDigest.isEqual(
                        row.hash().toArray(), hash(accessKey, secret, row.salt().toArray())))
                .map(Row::initiator);
    }

    /** Removes an initiator; false if there was none. Whether jobs still name it is for {@link WebhookJobs} to say. */
    public boolean delete(String name) {
        return database.<Boolean>write(
                tx -> tx.sql().execute("DELETE FROM carabiner.external_initiators WHERE name = ?", lower(name)) > 0);
    }

    private static Optional<Row> one(Handle sql, String column, String value) {
        return rows(sql.createQuery(SELECT + "WHERE " + column + " = :value").bind("value", value)).stream()
                .findFirst();
    }

    private static List<Row> rows(Query query) {
        return query.map((row, context) -> row(row)).list();
    }

    private static Row row(ResultSet row) throws SQLException {
        ExternalInitiator initiator = new ExternalInitiator(
                row.getLong("id"),
                row.getString("name"),
                Optional.ofNullable(row.getString("url")).map(URI::create),
                row.getString("access_key"),
                row.getString("outgoing_token"),
                row.getString("outgoing_secret"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
        return new Row(initiator, Bytes.of(row.getBytes("secret_hash")), Bytes.of(row.getBytes("secret_salt")));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private String base64(int size) {
        return Base64.getEncoder().encodeToString(bytes(size));
    }

    private static byte[] hash(String key, String secret, byte[] salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA3-256");
            digest.update(salt);
            return digest.digest((key + "-" + secret).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no SHA3-256", e);
        }
    }
}
