package io.carabiner.web;

import io.carabiner.database.Database;
import io.carabiner.keystore.PasswordRules;
import io.carabiner.primitives.TimeSource;
import io.carabiner.web.UserStore.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The users of the API and their passwords (Go node 2.15, core/sessions). Thread-safe; calls that check or set a
 * password take about 50 ms of a processor each.
 */
public final class Accounts {

    private static final int PASSWORD_MAX_CHARACTERS = 50;

    private final Database database;
    private final TimeSource time;
    private final PasswordHash hashing = new PasswordHash();

    /** The accounts in a database. */
    public Accounts(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
    }

    /**
     * Makes the first administrator when there is no user yet.
     *
     * @param credentials what the operator gave; not looked at when there are users
     * @return the mail address of the administrator that was made, or of the first one there is
     * @throws WebException {@code API_CREDENTIALS_MISSING} when a first user is needed and nothing was given, or
     *     {@code API_CREDENTIALS_REFUSED} when what was given breaks the rules
     */
    public String ensureFirst(Optional<ApiCredentials> credentials) {
        List<User> users = database.read(UserStore::users);
        if (!users.isEmpty()) {
            return users.stream()
                    .filter(user -> user.role() == Role.ADMIN)
                    .findFirst()
                    .orElse(users.getFirst())
                    .email();
        }
        ApiCredentials first = credentials.orElseThrow(() -> WebException.start(
                "API_CREDENTIALS_MISSING",
                "API credentials must be supplied: give a file with a mail address and a password with -a"));
        return createFirst(first).email();
    }

    private User createFirst(ApiCredentials first) {
        try {
            return create(first.email(), first.password(), Role.ADMIN);
        } catch (WebException e) {
            throw WebException.start(
                    "API_CREDENTIALS_REFUSED",
                    "error creating api initializer: failed to instantiate new user: " + e.getMessage());
        }
    }

    List<User> users() {
        return database.read(UserStore::users);
    }

    Optional<User> find(String email) {
        return database.read(sql -> UserStore.find(sql, email)).map(Row::user);
    }

    /**
     * Makes a user.
     *
     * @throws WebException 400 if the address or the password breaks the rules, or the address is taken
     */
    User create(String email, String password, Role role) {
        MailAddress.complaint(email).ifPresent(Accounts::refuse);
        PasswordRules.complaint(password, email).ifPresent(Accounts::refuse);
        if (password.length() > PASSWORD_MAX_CHARACTERS
                || PasswordHash.lengthBytes(password) > PasswordHash.LENGTH_MAX_BYTES) {
            refuse("error creating API user: must enter a password less than " + PASSWORD_MAX_CHARACTERS
                    + " characters");
        }
        Instant now = now();
        User user = new User(email.toLowerCase(Locale.ROOT), role, false, now, now);
        String hash = hashing.of(password);
        if (!database.write(transaction -> UserStore.insert(transaction.sql(), user, hash))) {
            refuse("user with email " + email + " already exists");
        }
        return user;
    }

    private static void refuse(String why) {
        throw WebException.refused(400, why);
    }

    /** The user, if the address is known and the password is theirs. An unknown address takes as long. */
    Optional<User> verify(String email, String password) {
        Optional<Row> row = database.read(sql -> UserStore.find(sql, email));
        if (row.isEmpty()) {
            hashing.pretend(password);
            return Optional.empty();
        }
        return row.filter(found -> hashing.matches(password, found.passwordHash()))
                .map(Row::user);
    }

    /** Gives a user another role and ends their sessions. */
    User changeRole(User user, Role role) {
        Instant now = now();
        database.execute(transaction -> {
            UserStore.setRole(transaction.sql(), user.email(), role, now);
            UserStore.deleteSessionsOf(transaction.sql(), user.email(), null);
        });
        return new User(user.email(), role, user.hasActiveApiToken(), user.createdAt(), now);
    }

    /** Removes a user with their sessions and their token. */
    void delete(User user) {
        database.execute(transaction -> UserStore.delete(transaction.sql(), user.email()));
    }

    /**
     * Sets a password and ends the user's other sessions.
     *
     * @param current the session that stays
     * @throws WebException 422 if the password breaks the rules
     */
    User changePassword(User user, String password, SessionId current) {
        PasswordRules.complaint(password, user.email()).ifPresent(complaint -> {
            throw WebException.refused(422, complaint);
        });
        if (PasswordHash.lengthBytes(password) > PasswordHash.LENGTH_MAX_BYTES) {
            throw WebException.refused(
                    422, "must enter a password less than " + PASSWORD_MAX_CHARACTERS + " characters");
        }
        Instant now = now();
        String hash = hashing.of(password);
        database.execute(transaction -> {
            UserStore.setPassword(transaction.sql(), user.email(), hash, now);
            UserStore.deleteSessionsOf(transaction.sql(), user.email(), current);
        });
        return new User(user.email(), user.role(), user.hasActiveApiToken(), user.createdAt(), now);
    }

    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.MICROS);
    }
}
