package io.carabiner.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a session cookie holds: 32 random bytes as hex. The database has only its hash.
 *
 * @param secret 64 lower-case hex digits
 */
record SessionId(String secret) {

    private static final int SIZE_BYTES = 32;
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    static SessionId random(SecureRandom random) {
        byte[] bytes = new byte[SIZE_BYTES];
        random.nextBytes(bytes);
        return new SessionId(HexFormat.of().formatHex(bytes));
    }

    /** Empty when this node cannot have made it. */
    static Optional<SessionId> parse(String cookie) {
        return SHAPE.matcher(cookie).matches() ? Optional.of(new SessionId(cookie)) : Optional.empty();
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "SessionId";
    }
}
