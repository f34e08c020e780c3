package io.carabiner.txm;

import io.carabiner.database.Database;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * Removes old transactions that are over, in small write transactions. The row with a key's highest nonce always stays,
 * because the next nonce is read from it.
 */
final class Reaper {

    /** How many rows one write transaction removes at most. */
    static final int PAGE_ROWS = 1000;

    private static final String DELETE_PAGE = """
            DELETE FROM carabiner.txes WHERE id IN (
                SELECT t.id FROM carabiner.txes t
                WHERE t.evm_chain_id = :chain AND NOT t.tracked AND t.state IN ('finalized', 'fatal_error')
                  AND t.created_at < now() - make_interval(secs => :seconds)
                  AND (t.nonce IS NULL OR t.nonce < (
                      SELECT max(m.nonce) FROM carabiner.txes m
                      WHERE m.evm_chain_id = t.evm_chain_id AND m.from_address = t.from_address))
                ORDER BY t.created_at LIMIT :page)""";

    private final Database database;
    private final ChainId chain;
    private final TxmSettings settings;
    private final TxmObserver observer;
    private final TimeSource time;

    Reaper(Database database, ChainId chain, TxmSettings settings, TxmObserver observer, TimeSource time) {
        this.database = database;
        this.chain = chain;
        this.settings = settings;
        this.observer = observer;
        this.time = time;
    }

    /** Works every {@code ReaperInterval} until it is interrupted; not at all if that or the threshold is 0. */
    void run() {
        if (settings.reaperInterval().isZero() || settings.reaperThreshold().isZero()) {
            return;
        }
        try {
            while (true) {
                reapQuietly();
                time.sleep(settings.reaperInterval());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reapQuietly() {
        try {
            reap();
        } catch (RuntimeException e) {
            observer.messages().stepFailed("", e);
        }
    }

    /** Removes all that is old enough now. */
    void reap() {
        int removed = PAGE_ROWS;
        long total = 0;
        while (removed == PAGE_ROWS) {
            removed = removePage(settings.reaperThreshold());
            total += removed;
        }
        if (total > 0) {
            observer.messages().reaped(total);
        }
    }

    private int removePage(Duration age) {
        return database.write(tx -> tx.sql()
                .createUpdate(DELETE_PAGE)
                .bind("chain", new BigDecimal(chain.value()))
                .bind("seconds", (double) age.toSeconds())
                .bind("page", PAGE_ROWS)
                .execute());
    }
}
