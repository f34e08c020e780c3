package io.carabiner.database;

import io.carabiner.primitives.FaultException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * The database cannot be used, or a statement failed for a reason that a retry does not cure.
 *
 * <p>Codes: {@code DATABASE_URL}, {@code DATABASE_UNREACHABLE}, {@code DATABASE_PASSWORD}, {@code DATABASE_MISSING},
 * {@code DATABASE_TOO_OLD}, {@code DATABASE_REFUSED}, {@code DATABASE_RIGHTS}, {@code DATABASE_MIGRATION},
 * {@code DATABASE_VERSION}, {@code DATABASE_BUSY}, {@code DATABASE_STATEMENT}, {@code DATABASE_COMMIT_UNKNOWN},
 * {@code DATABASE_CLOSED}, {@code DATABASE_FENCED}. No message holds the password of the URL.
 */
public class DatabaseException extends FaultException {

    private static final long serialVersionUID = 1L;

    private static final Set<String> PASSING =
            Set.of("DATABASE_UNREACHABLE", "DATABASE_COMMIT_UNKNOWN", "DATABASE_BUSY");

    /** A fault without another behind it. */
    public DatabaseException(String code, String message) {
        super(code, message);
    }

    /** A fault that the driver reported. */
    public DatabaseException(String code, String message, Throwable cause) {
        super(code, message, cause);
    }

    /** Whether it says nothing about the values: the same transaction may succeed later. */
    public boolean isPassing() {
        return PASSING.contains(code());
    }

    /** PostgreSQL's five-character code where the server gave one, such as {@code 23505} for a broken uniqueness. */
    public Optional<String> sqlState() {
        SQLException sql = SqlStates.find(getCause());
        return sql == null ? Optional.empty() : Optional.ofNullable(sql.getSQLState());
    }
}
