package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.database.WriteTransaction;
import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who was told of a success that a reorg has undone is told the truth when it is final. */
class OverturnedTest {

    private static final ChainId CHAIN = ChainId.of(1337);
    private static final Address KEY = Address.fromHex("0x00000000000000000000000000000000000000aa");
    private static final Hash32 HASH = Hash32.fromHex("ab".repeat(32));
    private static final Hash32 FIRST = Hash32.fromHex("01".repeat(32));
    private static final Hash32 SECOND = Hash32.fromHex("02".repeat(32));

    @TempDir
    Path folder;

    private final List<TransactionResult> settled = new ArrayList<>();
    private final List<TransactionResult> overturned = new ArrayList<>();
    private final TestDatabase server = TestDatabase.create();
    private Database database;
    private SqlTransactionStore store;

    @BeforeEach
    void open() throws InterruptedException {
        database = Database.open(DatabaseSettings.of(server.url(), folder), TimeSource.system(), reason -> {});
        store = new SqlTransactionStore(database, CHAIN, new Ear(), SendGate.OPEN);
    }

    @AfterEach
    void close() {
        database.close();
        server.close();
    }

    private final class Ear implements TransactionListener {
        @Override
        public void settled(WriteTransaction tx, List<TransactionResult> results) {
            tx.afterCommit(() -> settled.addAll(results));
        }

        @Override
        public void overturned(WriteTransaction tx, List<TransactionResult> results) {
            tx.afterCommit(() -> overturned.addAll(results));
        }
    }

    private static MinedReceipt receipt(long block, Hash32 hash, boolean successful) {
        return new MinedReceipt(HASH, block, hash, 0, successful, "{}");
    }

    /** A transaction that was told as confirmed in block 5. */
    private long told() {
        TransactionRequest request = TransactionRequest.call(KEY, Bytes.EMPTY, 100_000)
                .withTask(UUID.randomUUID(), OptionalInt.of(1), false);
        long id = database.write(tx -> new Enqueuing(CHAIN, 0, new KeyRotation(), Forwarding.OFF)
                .enqueue(tx.sql(), List.of(KEY), List.of(request)).outcomes().stream()
                        .map(outcome -> ((EnqueueOutcome.Queued) outcome).id())
                        .findFirst()
                        .orElseThrow());
        Payload payload = new Payload(KEY, Bytes.EMPTY, Wei.ZERO, 100_000);
        FeeQuote fee = new FeeQuote.Dynamic(Wei.ofGwei(2), Wei.ofGwei(1));
        SignedAttempt attempt = new SignedAttempt(HASH, Bytes.of((byte) 2), fee, 100_000, false);
        Terms terms = new Terms(true, OptionalInt.of(1), Instant.EPOCH);
        store.write(KEY, List.of(new RowChange.Started(id, 0, payload, terms, attempt, 0)));
        store.write(
                KEY,
                List.of(
                        new RowChange.Mined(id, 0, receipt(5, FIRST, true), false),
                        new RowChange.Settled(id, OptionalLong.of(5))));
        assertThat(settled).hasSize(1);
        return id;
    }

    @Test
    void aSuccessThatBecameARevert_isToldWhenItIsFinal() {
        long id = told();
        store.write(KEY, List.of(new RowChange.Moved(id, 0, receipt(7, SECOND, false), false)));
        assertThat(overturned).isEmpty();
        store.write(KEY, List.of(new RowChange.Finalized(new BlockId(7, SECOND), List.of(id))));
        assertThat(overturned).singleElement().satisfies(result -> {
            assertThat(result.id()).isEqualTo(id);
            assertThat(result.revertedIn()).hasValue(7);
        });
    }

    @Test
    void aSuccessThatSomethingElseReplaced_isToldToo() {
        long id = told();
        store.write(KEY, List.of(new RowChange.Reorged(id, 0)));
        store.write(KEY, List.of(new RowChange.Lost(id, 0, "could not get receipt")));
        assertThat(overturned).singleElement().satisfies(result -> {
            assertThat(result).isInstanceOf(TransactionResult.Failed.class);
            assertThat(result.revertedIn()).isEmpty();
        });
    }

    @Test
    void aSuccessThatStays_isNotToldTwice() {
        long id = told();
        store.write(KEY, List.of(new RowChange.Finalized(new BlockId(5, FIRST), List.of(id))));
        assertThat(settled).hasSize(1);
        assertThat(overturned).isEmpty();
    }
}
