package io.carabiner.keystore;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of deleted keys, which are kept until they are deleted for ever. Stateless. */
final class KeyArchive {

    private KeyArchive() {}

    /**
     * A deleted key.
     *
     * @param sealed the key, encrypted
     * @param enabledOn chains where it might send
     * @param disabledOn chains where it might not
     */
    record Entry(Address address, String sealed, List<ChainId> enabledOn, List<ChainId> disabledOn) {

        static Entry of(Address address, String sealed, List<EthKey> states) {
            return new Entry(address, sealed, chains(states, true), chains(states, false));
        }

        private static List<ChainId> chains(List<EthKey> states, boolean enabled) {
            return states.stream()
                    .filter(state -> state.enabled() == enabled)
                    .map(EthKey::chainId)
                    .toList();
        }
    }

    static void put(WriteTransaction transaction, Entry entry, Instant now) {
        transaction
                .sql()
                .createUpdate("""
                        INSERT INTO carabiner.archived_keys
                            (address, encrypted_key, enabled_on, disabled_on, archived_at)
                        VALUES (:address, CAST(:sealed AS jsonb), :enabled, :disabled, :now)
                        ON CONFLICT (address) DO UPDATE SET encrypted_key = EXCLUDED.encrypted_key,
                            enabled_on = EXCLUDED.enabled_on, disabled_on = EXCLUDED.disabled_on,
                            archived_at = EXCLUDED.archived_at""")
                .bind("address", entry.address().toArray())
                .bind("sealed", entry.sealed())
                .bindArray("enabled", String.class, texts(entry.enabledOn()))
                .bindArray("disabled", String.class, texts(entry.disabledOn()))
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    static Optional<Entry> find(Handle sql, Address address) {
        return sql.createQuery("SELECT encrypted_key::text AS sealed, enabled_on, disabled_on"
                        + " FROM carabiner.archived_keys WHERE address = :address")
                .bind("address", address.toArray())
                .map((row, context) -> new Entry(
                        address, row.getString("sealed"), chains(row, "enabled_on"), chains(row, "disabled_on")))
                .findOne();
    }

    static boolean remove(WriteTransaction transaction, Address address) {
        return transaction.sql().execute("DELETE FROM carabiner.archived_keys WHERE address = ?", (Object)
                        address.toArray())
                == 1;
    }

    private static List<String> texts(List<ChainId> chains) {
        return chains.stream().map(ChainId::toString).toList();
    }

    private static List<ChainId> chains(ResultSet row, String column) throws SQLException {
        return Arrays.stream((String[]) row.getArray(column).getArray())
                .map(text -> new ChainId(new BigInteger(text)))
                .toList();
    }
}
