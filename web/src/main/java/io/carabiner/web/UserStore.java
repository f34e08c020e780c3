package io.carabiner.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tables {@code users} and {@code sessions}. All SQL of this room. */
final class UserStore {

    /**
     * A row of users with what only this room may see.
     *
     * @param passwordHash bcrypt
     */
    record Row(User user, String passwordHash, Optional<TokenHash> token) {}

    /** What is kept of an API token. */
    record TokenHash(String accessKey, String salt, String hashedSecret) {}

    /** A session with its user. */
    record SessionRow(User user, Instant lastUsed) {}

    private static final String COLUMNS =
            " u.email, u.hashed_password, u.role, u.token_key, u.token_salt, u.token_hashed_secret,"
                    + " u.created_at, u.updated_at ";

    private UserStore() {}

    static List<User> users(Handle sql) {
        return sql.createQuery("SELECT" + COLUMNS + "FROM carabiner.users u ORDER BY u.email")
                .map((row, context) -> row(row).user())
                .list();
    }

    static long count(Handle sql) {
        return sql.createQuery("SELECT count(*) FROM carabiner.users")
                .mapTo(Long.class)
                .one();
    }

    static Optional<Row> find(Handle sql, String email) {
        return sql.createQuery("SELECT" + COLUMNS + "FROM carabiner.users u WHERE u.email = :email")
                .bind("email", email.toLowerCase(Locale.ROOT))
                .map((row, context) -> row(row))
                .findOne();
    }

    static Optional<Row> findByToken(Handle sql, String accessKey) {
        return sql.createQuery("SELECT" + COLUMNS + "FROM carabiner.users u WHERE u.token_key = :key")
                .bind("key", accessKey)
                .map((row, context) -> row(row))
                .findOne();
    }

    /** False if there is a user with this address. */
    static boolean insert(Handle sql, User user, String passwordHash) {
        return sql.createUpdate("""
                                INSERT INTO carabiner.users (email, hashed_password, role, created_at, updated_at)
                                VALUES (:email, :hash, :role, :now, :now) ON CONFLICT DO NOTHING""")
                        .bind("email", user.email())
                        .bind("hash", passwordHash)
                        .bind("role", user.role().word())
                        .bind("now", utc(user.createdAt()))
                        .execute()
                == 1;
    }

    static void setRole(Handle sql, String email, Role role, Instant now) {
        sql.createUpdate("UPDATE carabiner.users SET role = :role, updated_at = :now WHERE email = :email")
                .bind("role", role.word())
                .bind("now", utc(now))
                .bind("email", email)
                .execute();
    }

    static void setPassword(Handle sql, String email, String passwordHash, Instant now) {
        sql.createUpdate("UPDATE carabiner.users SET hashed_password = :hash, updated_at = :now WHERE email = :email")
                .bind("hash", passwordHash)
                .bind("now", utc(now))
                .bind("email", email)
                .execute();
    }

    static void setToken(Handle sql, String email, Optional<TokenHash> token, Instant now) {
        sql.createUpdate("""
                        UPDATE carabiner.users
                        SET token_key = :key, token_salt = :salt, token_hashed_secret = :hash, updated_at = :now
                        WHERE email = :email""")
                .bind("key", token.map(TokenHash::accessKey).orElse(null))
                .bind("salt", token.map(TokenHash::salt).orElse(null))
                .bind("hash", token.map(TokenHash::hashedSecret).orElse(null))
                .bind("now", utc(now))
                .bind("email", email)
                .execute();
    }

    static void delete(Handle sql, String email) {
        sql.createUpdate("DELETE FROM carabiner.users WHERE email = :email")
                .bind("email", email)
                .execute();
    }

    static void insertSession(Handle sql, SessionId id, String email, Instant now) {
        sql.createUpdate("""
                        INSERT INTO carabiner.sessions (id_hash, email, last_used, created_at)
                        VALUES (:id, :email, :now, :now)""")
                .bind("id", id.hash())
                .bind("email", email)
                .bind("now", utc(now))
                .execute();
    }

    static Optional<SessionRow> findSession(Handle sql, SessionId id) {
        return sql.createQuery("SELECT" + COLUMNS
                        + ", s.last_used FROM carabiner.sessions s JOIN carabiner.users u USING (email)"
                        + " WHERE s.id_hash = :id")
                .bind("id", id.hash())
                .map((row, context) -> new SessionRow(row(row).user(), instant(row, "last_used")))
                .findOne();
    }

    static void touchSession(Handle sql, SessionId id, Instant now) {
        sql.createUpdate("UPDATE carabiner.sessions SET last_used = :now WHERE id_hash = :id")
                .bind("now", utc(now))
                .bind("id", id.hash())
                .execute();
    }

    static void deleteSession(Handle sql, SessionId id) {
        sql.createUpdate("DELETE FROM carabiner.sessions WHERE id_hash = :id")
                .bind("id", id.hash())
                .execute();
    }

    static void deleteSessionsOf(Handle sql, String email, @Nullable SessionId except) {
        sql.createUpdate("DELETE FROM carabiner.sessions WHERE email = :email AND id_hash <> :except")
                .bind("email", email)
                .bind("except", except == null ? new byte[0] : except.hash())
                .execute();
    }

    static void deleteSessionsBefore(Handle sql, Instant lastUsed) {
        sql.createUpdate("DELETE FROM carabiner.sessions WHERE last_used < :before")
                .bind("before", utc(lastUsed))
                .execute();
    }

    private static Row row(ResultSet row) throws SQLException {
        Optional<TokenHash> token = Optional.ofNullable(row.getString("token_key"))
                .map(key -> new TokenHash(key, text(row, "token_salt"), text(row, "token_hashed_secret")));
        Role role = Role.ofWord(row.getString("role")).orElseThrow();
        User user = new User(
                row.getString("email"),
                role,
                token.isPresent(),
                instant(row, "created_at"),
                instant(row, "updated_at"));
        return new Row(user, row.getString("hashed_password"), token);
    }

    private static String text(ResultSet row, String column) {
        try {
            return row.getString(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
