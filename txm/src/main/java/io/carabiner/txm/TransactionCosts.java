package io.carabiner.txm;

import io.carabiner.database.Database;
import io.carabiner.primitives.Wei;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What mined transactions did cost. Safe for use by many threads. */
@FunctionalInterface
public interface TransactionCosts {

    /**
     * The gas that was used, at the price that was offered (what was paid is at most that), and the value that was sent
     * along; a transaction without a receipt is left out.
     *
     * @param ids of transactions
     */
    Map<Long, Wei> of(List<Long> ids);

    /** As the rows say. */
    static TransactionCosts in(Database database) {
        return ids -> ids.isEmpty()
                ? Map.of()
                : database.read(sql -> {
                    Map<Long, Wei> costs = new HashMap<>();
                    sql.createQuery("""
                            SELECT r.eth_tx_id, r.receipt ->> 'gasUsed' AS gas,
                                   coalesce(a.gas_price, a.gas_fee_cap) AS price,
                                   CASE WHEN r.successful AND NOT a.is_purge_attempt THEN t.value ELSE 0 END AS value
                            FROM carabiner.tx_receipts r
                            JOIN carabiner.tx_attempts a ON a.hash = r.tx_hash
                            JOIN carabiner.txes t ON t.id = r.eth_tx_id
                            WHERE r.eth_tx_id = ANY (:ids)""")
                            .bindArray("ids", Long.class, ids)
                            .map((row, context) -> Map.entry(
                                    row.getLong("eth_tx_id"),
                                    new Wei(row.getBigDecimal("price").toBigIntegerExact())
                                            .times(Long.decode(row.getString("gas")))
                                            .plus(new Wei(
                                                    row.getBigDecimal("value").toBigIntegerExact()))))
                            .forEach(entry -> costs.put(entry.getKey(), entry.getValue()));
                    return costs;
                });
    }
}
