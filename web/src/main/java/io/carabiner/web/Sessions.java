package io.carabiner.web;

import io.carabiner.database.Database;
import io.carabiner.primitives.TimeSource;
import io.carabiner.web.UserStore.SessionRow;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is logged in. A session ends when it is not used for {@code WebServer.SessionTimeout}; rows of ended ones are
 * deleted later, when somebody logs in or out (Go node 2.15, core/sessions/localauth).
 *
 * <p>Each use counts at once in memory and reaches the database after a tenth of the timeout, so that reading needs no
 * write; after a restart a session may end by that much sooner. Thread-safe.
 */
final class Sessions {

    private static final int REMEMBERED_LIMIT = 10_000;
    private static final int WRITES_PER_TIMEOUT = 10;

    private final Database database;
    private final TimeSource time;
    private final Duration timeout;
    private final Duration keepEnded;
    private final SecureRandom random = new SecureRandom();
    private final Map<SessionId, Instant> lastUsed = new ConcurrentHashMap<>();

    Sessions(Database database, TimeSource time, Duration timeout, Duration keepEnded) {
        this.database = database;
        this.time = time;
        this.timeout = timeout;
        this.keepEnded = keepEnded;
    }

    SessionId begin(User user) {
        SessionId id = SessionId.random(random);
        Instant now = now();
        database.execute(transaction -> {
            UserStore.deleteSessionsBefore(transaction.sql(), now.minus(timeout).minus(keepEnded));
            UserStore.insertSession(transaction.sql(), id, user.email(), now);
        });
        return id;
    }

    /** Whose session this is, if it has not ended; this counts as a use. */
    Optional<User> use(SessionId id) {
        Instant now = now();
        Optional<SessionRow> found = database.read(sql -> UserStore.findSession(sql, id));
        if (found.isEmpty()) {
            lastUsed.remove(id);
            return Optional.empty();
        }
        Instant stored = found.get().lastUsed();
        Instant used = lastUsed.getOrDefault(id, stored);
        if ((used.isAfter(stored) ? used : stored).plus(timeout).isBefore(now)) {
            return Optional.empty();
        }
        remember(id, now);
        if (stored.plus(timeout.dividedBy(WRITES_PER_TIMEOUT)).isBefore(now)) {
            database.execute(transaction -> UserStore.touchSession(transaction.sql(), id, now));
        }
        return Optional.of(found.get().user());
    }

    private void remember(SessionId id, Instant now) {
        if (lastUsed.size() >= REMEMBERED_LIMIT) {
            lastUsed.clear();
        }
        lastUsed.put(id, now);
    }

    void end(SessionId id) {
        lastUsed.remove(id);
        Instant before = now().minus(timeout).minus(keepEnded);
        database.execute(transaction -> {
            UserStore.deleteSession(transaction.sql(), id);
            UserStore.deleteSessionsBefore(transaction.sql(), before);
        });
    }

    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.MICROS);
    }
}
