package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a row means for one who must not ask twice. */
class TransactionFateTest {

    private static final String ROW = """
            INSERT INTO carabiner.txes (id, evm_chain_id, from_address, to_address, encoded_payload, value, gas_limit,
                state, nonce, tracked, initial_broadcast_at, error, fail_on_revert, signal_callback)
            VALUES (%d, 1, decode(repeat('aa', 20), 'hex'), decode(repeat('bb', 20), 'hex'), '', 0, 1,
                '%s', %s, %s, %s, %s, false, false);""";

    private static final String RECEIPT = """
            INSERT INTO carabiner.tx_attempts (eth_tx_id, hash, signed_raw_tx, tx_type, gas_price,
                chain_specific_gas_limit, state, broadcast_before_block_num, is_purge_attempt)
            VALUES (%1$d, decode(lpad(to_hex(%1$d), 64, '0'), 'hex'), 'x', 0, 1, 1, 'broadcast', 1, false);
            INSERT INTO carabiner.tx_receipts (eth_tx_id, tx_hash, block_hash, block_number, transaction_index,
                successful, receipt)
            VALUES (%1$d, decode(lpad(to_hex(%1$d), 64, '0'), 'hex'), decode(repeat('cc', 32), 'hex'), 1, 0, %2$s, '{}');""";

    @Test
    void aRevert_isAFailureOnceItIsFinal(@TempDir Path folder) throws Exception {
        try (TestDatabase server = TestDatabase.create();
                Database database =
                        Database.open(DatabaseSettings.of(server.url(), folder), TimeSource.system(), reason -> {})) {
            server.execute(ROW.formatted(1, "unstarted", "NULL", "false", "NULL", "NULL")
                    + ROW.formatted(2, "in_progress", "2", "true", "NULL", "NULL")
                    + ROW.formatted(3, "unconfirmed", "3", "true", "now()", "NULL")
                    + ROW.formatted(4, "confirmed_missing_receipt", "4", "true", "now()", "NULL")
                    + ROW.formatted(5, "confirmed", "5", "true", "now()", "NULL")
                    + ROW.formatted(6, "confirmed", "6", "true", "now()", "NULL")
                    + ROW.formatted(7, "finalized", "7", "false", "now()", "NULL")
                    + ROW.formatted(8, "finalized", "8", "false", "now()", "NULL")
                    + ROW.formatted(9, "fatal_error", "9", "false", "NULL", "'refused'")
                    + RECEIPT.formatted(5, "true")
                    + RECEIPT.formatted(6, "false")
                    + RECEIPT.formatted(7, "true")
                    + RECEIPT.formatted(8, "false"));
            for (long waiting = 1; waiting <= 4; waiting++) {
                assertThat(fate(database, waiting)).contains(TransactionFate.UNDER_WAY);
            }
            assertThat(fate(database, 5)).contains(TransactionFate.DONE);
            assertThat(fate(database, 6)).as("a revert that may be undone").contains(TransactionFate.UNDER_WAY);
            assertThat(fate(database, 7)).contains(TransactionFate.DONE);
            assertThat(fate(database, 8)).contains(TransactionFate.FAILED);
            assertThat(fate(database, 9)).contains(TransactionFate.FAILED);
            assertThat(fate(database, 10)).isEmpty();
        }
    }

    private static Optional<TransactionFate> fate(Database database, long id) {
        return database.read(sql -> TransactionFate.of(sql, id));
    }
}
