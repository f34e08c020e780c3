package io.carabiner.database;

import java.sql.SQLException;
import java.util.Objects;

/** Why the server could not be reached or used at start. */
sealed interface ConnectFault {

    /** It may come right by itself: wait and say what for. */
    record Wait(String waitingFor) implements ConnectFault {}

    /** Waiting cannot help. */
    record Refuse(DatabaseException reason) implements ConnectFault {}

    /** Reads the server's or the driver's answer. */
    static ConnectFault of(SQLException e, DatabaseUrl url) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        return switch (state) {
            case "28P01", "28000" -> refuse("DATABASE_PASSWORD", password(url), e);
            case "3D000" -> refuse("DATABASE_MISSING", missing(url), e);
            case "42501" -> refuse("DATABASE_RIGHTS", rights(url), e);
            case "08004" -> refuse("DATABASE_REFUSED", refused(url, e), e);
            case "53300" ->
                new Wait("a free connection of the database server at " + url.place()
                        + " (it has too many: raise its max_connections or lower Database.MaxOpenConns)");
            case "57P03" -> new Wait("the database server at " + url.place() + " to finish starting");
            case "25006" ->
                new Wait("the database server at " + url.place() + " to become the primary (it is read-only)");
            default ->
                state.startsWith("08") || state.startsWith("57P")
                        ? new Wait("the database server at " + url.place() + " (" + firstLine(e) + ")")
                        : refuse("DATABASE_REFUSED", refused(url, e), e);
        };
    }

    private static Refuse refuse(String code, String message, SQLException cause) {
        return new Refuse(new DatabaseException(code, message, cause));
    }

    private static String password(DatabaseUrl url) {
        return "The database server at " + url.place() + " refuses the user \"" + url.user()
                + "\": correct user and password in Database.URL.";
    }

    private static String missing(DatabaseUrl url) {
        return "The database server at " + url.place() + " has no database \"" + url.name()
                + "\": create it (CREATE DATABASE), or correct the name in Database.URL.";
    }

    private static String rights(DatabaseUrl url) {
        return "The user \"" + url.user() + "\" may not create the schema " + Database.SCHEMA + " in database \""
                + url.name() + "\": GRANT CREATE ON DATABASE to it, or make it the owner.";
    }

    private static String refused(DatabaseUrl url, SQLException e) {
        return "The database at " + url + " cannot be used: " + firstLine(e);
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
