package io.carabiner.keystore;

import io.carabiner.database.WriteTransaction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of deleted keys other than Ethereum's, which are kept until they are deleted for ever. Stateless. */
final class StoredKeyArchive {

    private StoredKeyArchive() {}

    static void put(WriteTransaction transaction, String kind, String id, String sealed, Instant now) {
        transaction
                .sql()
                .createUpdate("""
                        INSERT INTO carabiner.archived_other_keys (kind, id, encrypted_key, archived_at)
                        VALUES (:kind, :id, CAST(:sealed AS jsonb), :now)
                        ON CONFLICT (kind, id) DO UPDATE SET encrypted_key = EXCLUDED.encrypted_key,
                            archived_at = EXCLUDED.archived_at""")
                .bind("kind", kind)
                .bind("id", id)
                .bind("sealed", sealed)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    static Optional<String> find(Handle sql, String kind, String id) {
        return sql.createQuery("SELECT encrypted_key::text FROM carabiner.archived_other_keys"
                        + " WHERE kind = :kind AND id = :id")
                .bind("kind", kind)
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }

    static boolean remove(WriteTransaction transaction, String kind, String id) {
        return transaction
                        .sql()
                        .execute("DELETE FROM carabiner.archived_other_keys WHERE kind = ? AND id = ?", kind, id)
                == 1;
    }
}
