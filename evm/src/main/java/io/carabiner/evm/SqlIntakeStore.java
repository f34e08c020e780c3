package io.carabiner.evm;

import io.carabiner.database.Database;
import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The cursor and the hashes in PostgreSQL: tables {@code evm_cursors} and {@code evm_blocks}. */
final class SqlIntakeStore implements IntakeStore {

    /** One round trip: the cursor moves only from where it is believed to be. */
    private static final String SAVE = """
            WITH moved AS (
                INSERT INTO carabiner.evm_cursors AS c (chain_id, block_number, proven_number)
                VALUES (:chain, :after, :proven)
                ON CONFLICT (chain_id)
                DO UPDATE SET block_number = :after, proven_number = :proven, updated_at = now()
                WHERE c.block_number = :before
                RETURNING 1),
            forgotten AS (
                DELETE FROM carabiner.evm_blocks
                WHERE chain_id = :chain AND number = ANY(CAST(:gone AS bigint[]))),
            kept AS (
                INSERT INTO carabiner.evm_blocks (chain_id, number, hash)
                SELECT :chain, number, hash
                FROM unnest(CAST(:numbers AS bigint[]), CAST(:hashes AS bytea[])) AS fresh (number, hash)
                ON CONFLICT (chain_id, number) DO UPDATE SET hash = EXCLUDED.hash)
            SELECT count(*) FROM moved
            """;

    private final Database database;
    private final BigDecimal chain;
    private final ChainId chainId;

    SqlIntakeStore(Database database, ChainId chainId) {
        this.database = database;
        this.chainId = chainId;
        this.chain = new BigDecimal(chainId.value());
    }

    @Override
    public BlockTrail load() {
        return database.read(sql -> {
            TreeMap<Long, Hash32> hashes = new TreeMap<>();
            sql.createQuery("SELECT number, hash FROM carabiner.evm_blocks WHERE chain_id = :chain")
                    .bind("chain", chain)
                    .map((row, context) -> Map.entry(row.getLong(1), Hash32.of(row.getBytes(2))))
                    .forEach(entry -> hashes.put(entry.getKey(), entry.getValue()));
            return sql.createQuery(
                            "SELECT block_number, proven_number FROM carabiner.evm_cursors WHERE chain_id = :chain")
                    .bind("chain", chain)
                    .map((row, context) -> new BlockTrail(row.getLong(1), row.getLong(2), hashes))
                    .findOne()
                    .orElse(BlockTrail.EMPTY);
        });
    }

    @Override
    public void save(BlockTrail before, BlockTrail after, Consumer<WriteTransaction> subscribers) {
        database.execute(transaction -> {
            move(transaction.sql(), before, after);
            subscribers.accept(transaction);
        });
    }

    private void move(Handle sql, BlockTrail before, BlockTrail after) {
        Map<Long, Hash32> fresh = fresh(before, after);
        String hashes = fresh.values().stream()
                .map(hash -> "\"\\\\x" + hash.bytes().toBareHex() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        long moved = sql.createQuery(SAVE)
                .bind("chain", chain)
                .bind("before", before.cursor())
                .bind("after", after.cursor())
                .bind("proven", after.proven())
                .bind("gone", array(gone(before, after)))
                .bind("numbers", array(fresh.keySet()))
                .bind("hashes", hashes)
                .mapTo(Long.class)
                .one();
        if (moved != 1) {
            throw new EvmException(
                    "EVM_CURSOR_MOVED",
                    "The log cursor of chain " + chainId + " is not at block " + before.cursor()
                            + ", where this node left it: another program wrote it; the node reads it again");
        }
    }

    /** Of the other fork, or too old to matter; {@link BlockTrail#extended} sees to it that they are not too many. */
    private static Set<Long> gone(BlockTrail before, BlockTrail after) {
        Set<Long> gone = new TreeSet<>(before.hashes().keySet());
        gone.removeAll(after.hashes().keySet());
        return gone;
    }

    private static String array(Set<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    /** Only what changed is written: in the steady state one row. */
    private static Map<Long, Hash32> fresh(BlockTrail before, BlockTrail after) {
        TreeMap<Long, Hash32> fresh = new TreeMap<>(after.hashes());
        fresh.entrySet().removeIf(entry -> before.hash(entry.getKey())
                .filter(entry.getValue()::equals)
                .isPresent());
        return fresh;
    }
}
