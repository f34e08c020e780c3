package io.carabiner.audit;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code audit_entries}. All SQL of this room. */
final class AuditStore {

    private static final String SELECT =
            "SELECT sequence, at, event_id, actor, origin, data, previous, hash FROM carabiner.audit_entries ";

    private AuditStore() {}

    static Optional<AuditEntry> last(Handle sql) {
        return sql.createQuery(SELECT + "ORDER BY sequence DESC LIMIT 1")
                .map((row, context) -> entry(row))
                .findFirst();
    }

    static List<AuditEntry> after(Handle sql, long sequence, int most) {
        return sql.createQuery(SELECT + "WHERE sequence > :after ORDER BY sequence LIMIT :most")
                .bind("after", sequence)
                .bind("most", most)
                .map((row, context) -> entry(row))
                .list();
    }

    static List<AuditEntry> newest(Handle sql, int offset, int most) {
        return sql.createQuery(SELECT + "ORDER BY sequence DESC LIMIT :most OFFSET :offset")
                .bind("offset", offset)
                .bind("most", most)
                .map((row, context) -> entry(row))
                .list();
    }

    static long count(Handle sql) {
        return sql.createQuery("SELECT count(*) FROM carabiner.audit_entries")
                .mapTo(Long.class)
                .one();
    }

    static void insert(Handle sql, AuditEntry entry) {
        sql.createUpdate("INSERT INTO carabiner.audit_entries (sequence, at, event_id, actor, origin, data, previous,"
                        + " hash) VALUES (:sequence, :at, :event, :actor, :origin, :data, :previous, :hash)")
                .bind("sequence", entry.sequence())
                .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                .bind("event", entry.eventId())
                .bind("actor", entry.actor())
                .bind("origin", entry.origin())
                .bind("data", entry.data())
                .bind("previous", entry.previous().bytes().toArray())
                .bind("hash", entry.hash().bytes().toArray())
                .execute();
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("sequence"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("event_id"),
                row.getString("actor"),
                row.getString("origin"),
                row.getString("data"),
                new Hash32(Bytes.of(row.getBytes("previous"))),
                new Hash32(Bytes.of(row.getBytes("hash"))));
    }
}
