package io.carabiner.web;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/**
 * Salted bcrypt, as the Go node stores passwords (2.15, core/utils/password.go). Thread-safe; a call burns about 50 ms
 * of a processor, so only a few run at once.
 */
final class PasswordHash {

    private static final int COST = 10;
    private static final int AT_ONCE_LIMIT = 2;

    /** Beyond this bcrypt would ignore the rest. */
    static final int LENGTH_MAX_BYTES = 71;

    /** The hash of nothing anybody knows: compared with when there is no such user, so that this takes as long. */
    static final String NOBODY = "$2a$10$abcdefghijklmnopqrstuuVx2RzgWqGQ9SSQYi6mC8mTSk9Gq0sQe";

    private final Semaphore slots = new Semaphore(AT_ONCE_LIMIT, true);

    String of(String password) {
        slots.acquireUninterruptibly();
        try {
            return BCrypt.withDefaults().hashToString(COST, password.toCharArray());
        } finally {
            slots.release();
        }
    }

    boolean matches(String password, String hash) {
        if (lengthBytes(password) > LENGTH_MAX_BYTES) {
            return false;
        }
        slots.acquireUninterruptibly();
        try {
            return BCrypt.verifyer().verify(password.toCharArray(), hash).verified;
        } finally {
            slots.release();
        }
    }

    /** Takes as long as a comparison does. */
    void pretend(String password) {
        matches(password, NOBODY);
    }

    static int lengthBytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length;
    }
}
