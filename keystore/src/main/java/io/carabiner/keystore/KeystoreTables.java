package io.carabiner.keystore;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of the keystore's two tables. Stateless. */
final class KeystoreTables {

    private KeystoreTables() {}

    /** The stored encrypted ring, or nothing before the first key. */
    static Optional<String> ring(Handle sql) {
        return sql.createQuery(
                        "SELECT encrypted_keys::text FROM carabiner.encrypted_key_rings WHERE encrypted_keys IS NOT"
                                + " NULL")
                .mapTo(String.class)
                .findOne();
    }

    /**
     * Replaces the stored ring.
     *
     * @param previousMac the {@code mac} of the ring it replaces; nothing if there was none
     * @return whether the stored ring was the expected one
     */
    static boolean replaceRing(
            WriteTransaction transaction, Optional<String> previousMac, String encrypted, Instant now) {
        Handle sql = transaction.sql();
        sql.execute(
                "INSERT INTO carabiner.encrypted_key_rings (encrypted_keys, updated_at) VALUES (NULL, ?)"
                        + " ON CONFLICT DO NOTHING",
                time(now));
        return sql.createUpdate("UPDATE carabiner.encrypted_key_rings SET encrypted_keys = CAST(:ring AS jsonb),"
                                + " updated_at = :now WHERE encrypted_keys ->> 'mac' IS NOT DISTINCT FROM"
                                + " CAST(:mac AS text)")
                        .bind("ring", encrypted)
                        .bind("now", time(now))
                        .bind("mac", previousMac.orElse(null))
                        .execute()
                == 1;
    }

    /** All keys on all chains, the oldest first. */
    static List<EthKey> states(Handle sql) {
        return sql.createQuery("SELECT address, evm_chain_id, disabled, created_at, updated_at"
                        + " FROM carabiner.evm_key_states ORDER BY created_at, address, evm_chain_id")
                .map((row, context) -> state(row))
                .list();
    }

    private static EthKey state(ResultSet row) throws SQLException {
        return new EthKey(
                Address.of(row.getBytes("address")),
                new ChainId(row.getBigDecimal("evm_chain_id").toBigIntegerExact()),
                !row.getBoolean("disabled"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    static void putState(WriteTransaction transaction, EthKey key) {
        transaction
                .sql()
                .createUpdate(
                        "INSERT INTO carabiner.evm_key_states (address, evm_chain_id, disabled, created_at, updated_at)"
                                + " VALUES (:address, :chain, :disabled, :created, :updated)"
                                + " ON CONFLICT (address, evm_chain_id)"
                                + " DO UPDATE SET disabled = EXCLUDED.disabled, updated_at = EXCLUDED.updated_at")
                .bind("address", key.address().toArray())
                .bind("chain", new BigDecimal(key.chainId().value()))
                .bind("disabled", !key.enabled())
                .bind("created", time(key.createdAt()))
                .bind("updated", time(key.updatedAt()))
                .execute();
    }

    static void deleteStates(WriteTransaction transaction, Address address) {
        transaction.sql().execute("DELETE FROM carabiner.evm_key_states WHERE address = ?", (Object) address.toArray());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
