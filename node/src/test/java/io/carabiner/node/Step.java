package io.carabiner.node;

import io.carabiner.testkit.TestDatabase;
import java.util.List;

/** What is stored on the way from a request to its answer, in the order in which it must be stored. */
enum Step {
    REQUESTED("INSERT INTO carabiner.direct_requests", "direct_requests"),
    WISHED("INSERT INTO carabiner.txes", "txes"),
    SIGNED(
            "INSERT INTO carabiner.tx_attempts",
            "txes t WHERE nonce IS NOT NULL AND EXISTS (SELECT FROM carabiner.tx_attempts a WHERE a.eth_tx_id = t.id)"),
    SENT(
            "SET state = 'broadcast', broadcast_before_block_num = coalesce",
            "txes WHERE initial_broadcast_at IS NOT NULL"),
    MINED("INSERT INTO carabiner.tx_receipts", "tx_receipts"),
    COMPLETED("SET callback_completed = true", "runs WHERE state = 'completed'");

    private final String words;
    private final String rows;

    Step(String words, String rows) {
        this.words = words;
        this.rows = rows;
    }

    /** Whether these statements store it. */
    boolean isStoredBy(List<String> statements) {
        return statements.stream().anyMatch(sql -> sql.contains(words));
    }

    /** For how many requests it is stored. */
    long count(TestDatabase database) {
        return Long.parseLong(database.query("SELECT count(*) FROM carabiner." + rows));
    }
}
