package io.carabiner.web;

import io.carabiner.database.Database;
import io.carabiner.primitives.TimeSource;
import io.carabiner.web.UserStore.Row;
import io.carabiner.web.UserStore.TokenHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Tokens for programs: one for each user, sent with every request (Go node 2.15, core/auth). Of the secret only a
 * salted hash is stored. Thread-safe.
 */
final class ApiTokens {

    private static final int KEY_SIZE_BYTES = 16;
    private static final int SECRET_SIZE_BYTES = 48;
    private static final int SALT_SIZE_BYTES = 24;

    /** A token, shown once. */
    record Token(String accessKey, String secret) {}

    private final Database database;
    private final TimeSource time;
    private final SecureRandom random = new SecureRandom();

    ApiTokens(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
    }

    /** Makes a token; one that there was stops working. */
    Token create(User user) {
        Token token = new Token(HexFormat.of().formatHex(bytes(KEY_SIZE_BYTES)), base64(SECRET_SIZE_BYTES));
        String salt = base64(SALT_SIZE_BYTES);
        store(user, Optional.of(new TokenHash(token.accessKey(), salt, hash(token, salt))));
        return token;
    }

    void delete(User user) {
        store(user, Optional.empty());
    }

    private void store(User user, Optional<TokenHash> token) {
        database.execute(transaction -> UserStore.setToken(
                transaction.sql(), user.email(), token, time.now().truncatedTo(ChronoUnit.MICROS)));
    }

    /** Whose token this is. */
    Optional<User> verify(Token token) {
        return database.read(sql -> UserStore.findByToken(sql, token.accessKey()))
                .filter(row ->
                        row.token().filter(stored -> matches(token, stored)).isPresent())
                .map(Row::user);
    }

    private static boolean matches(Token token, TokenHash stored) {
        return MessageDigest.isEqual(
                hash(token, stored.salt()).getBytes(StandardCharsets.US_ASCII),
                stored.hashedSecret().getBytes(StandardCharsets.US_ASCII));
    }

    private static String hash(Token token, String salt) {
        String text = "v0-" + token.accessKey() + "-" + token.secret() + "-" + salt;
        try {
            byte[] digest = MessageDigest.getInstance("SHA3-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String base64(int size) {
        return Base64.getEncoder().encodeToString(bytes(size));
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
