package io.carabiner.txm;

import io.carabiner.primitives.ChainId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Makes room in the queue for what pushes older ones out, before the queue's limit is looked at: a full queue takes the
 * newest answer of a feed (in the Go node it refuses it).
 */
final class OldestDropping {

    /** The error of what was pushed out. */
    static final String DROPPED = "dropped from the queue: a newer transaction of the same subject was created";

    private static final String DROP = """
            UPDATE carabiner.txes SET state = 'fatal_error', error = :error
            WHERE state = 'unstarted' AND id IN (
                SELECT id FROM carabiner.txes
                WHERE subject = :subject AND evm_chain_id = :chain AND state = 'unstarted'
                ORDER BY id DESC OFFSET :keep)
            RETURNING id""";

    private OldestDropping() {}

    /** Ids of those that were pushed out. */
    static List<Long> drop(Handle sql, ChainId chain, List<TransactionRequest> requests) {
        Map<UUID, Integer> keep = new HashMap<>();
        requests.stream()
                .flatMap(request -> request.options().dropOldest().stream())
                .forEach(rule -> keep.merge(rule.subject(), rule.queuedMax() - 1, (left, max) -> left - 1));
        List<Long> dropped = new ArrayList<>();
        keep.forEach((subject, left) -> dropped.addAll(sql.createQuery(DROP)
                .bind("error", DROPPED)
                .bind("subject", subject)
                .bind("chain", new BigDecimal(chain.value()))
                .bind("keep", Math.max(0, left))
                .mapTo(Long.class)
                .list()));
        return dropped;
    }
}
