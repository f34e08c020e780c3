package io.carabiner.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** What the five-character codes of PostgreSQL mean for a transaction. */
final class SqlStates {

    private SqlStates() {}

    /** The first SQL fault in a chain of causes. */
    static @Nullable SQLException find(@Nullable Throwable fault) {
        Throwable current = fault;
        while (current != null) {
            if (current instanceof SQLException sql) {
                return sql;
            }
            current = current.getCause();
        }
        return null;
    }

    static String state(SQLException fault) {
        return fault.getSQLState() == null ? "" : fault.getSQLState();
    }

    /** The server rolled the transaction back and asks for it again: serialization failure, deadlock. */
    static boolean asksForRetry(SQLException fault) {
        return state(fault).equals("40001") || state(fault).equals("40P01");
    }

    /** The connection is gone, or the server is going. */
    static boolean connectionLost(SQLException fault) {
        return state(fault).startsWith("08") || state(fault).startsWith("57P");
    }

    /** The pool's own fault: no connection was free in time, and the server is not to blame. */
    static boolean noFreeConnection(SQLException fault) {
        return fault instanceof SQLTransientConnectionException && fault.getSQLState() == null;
    }

    /** Another transaction held the lock for longer than {@code lock_timeout}. */
    static boolean lockNotAvailable(SQLException fault) {
        return state(fault).equals("55P03");
    }

    static boolean worthARetry(SQLException fault) {
        return asksForRetry(fault) || connectionLost(fault);
    }

    /** The server is not the primary any more. */
    static boolean readOnlyServer(SQLException fault) {
        return state(fault).equals("25006");
    }
}
