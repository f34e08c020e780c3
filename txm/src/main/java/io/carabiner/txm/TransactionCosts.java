package io.carabiner.txm;

import io.carabiner.database.Database;
import io.carabiner.primitives.Wei;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What transactions cost. Safe for use by many threads. */
public interface TransactionCosts {

    /**
     * What mined transactions did cost: the gas that was used at the price that was paid ({@code effectiveGasPrice} of
     * the receipt, or what was offered where the endpoint did not say), and the value that was sent along. A
     * transaction without a receipt is left out. What a rollup takes for its data is not in it.
     *
     * @param ids of transactions
     */
    Map<Long, Wei> of(List<Long> ids);

    /**
     * The most that transactions under way can cost, with the highest of all their attempts; those without an attempt
     * are left out.
     *
     * @param ids of transactions
     */
    Map<Long, Wei> most(List<Long> ids);

    /** As the rows say. */
    static TransactionCosts in(Database database) {
        return new SqlCosts(database);
    }

    /** From the rows. */
    record SqlCosts(Database database) implements TransactionCosts {

        @Override
        public Map<Long, Wei> of(List<Long> ids) {
            return read(ids, """
                    SELECT r.eth_tx_id, r.receipt ->> 'gasUsed' AS gas, coalesce(a.gas_price, a.gas_fee_cap) AS price,
                           r.effective_gas_price AS paid,
                           CASE WHEN r.successful AND NOT a.is_purge_attempt THEN t.value ELSE 0 END AS value
                    FROM carabiner.tx_receipts r
                    JOIN carabiner.tx_attempts a ON a.hash = r.tx_hash
                    JOIN carabiner.txes t ON t.id = r.eth_tx_id
                    WHERE r.eth_tx_id = ANY (:ids)""", SqlCosts::paid);
        }

        private static Wei paid(ResultSet row) throws SQLException {
            BigDecimal paid = row.getBigDecimal("paid");
            BigDecimal price = paid == null ? row.getBigDecimal("price") : paid;
            return new Wei(price.toBigIntegerExact())
                    .times(Long.decode(row.getString("gas")))
                    .plus(new Wei(row.getBigDecimal("value").toBigIntegerExact()));
        }

        @Override
        public Map<Long, Wei> most(List<Long> ids) {
            return read(ids, """
                    SELECT t.id AS eth_tx_id,
                           max(coalesce(a.gas_price, a.gas_fee_cap) * a.chain_specific_gas_limit) + t.value AS most
                    FROM carabiner.txes t JOIN carabiner.tx_attempts a ON a.eth_tx_id = t.id
                    WHERE t.id = ANY (:ids) GROUP BY t.id, t.value""", SqlCosts::highest);
        }

        private static Wei highest(ResultSet row) throws SQLException {
            return new Wei(row.getBigDecimal("most").toBigIntegerExact());
        }

        /** Reads one amount. */
        private interface Amount {
            Wei of(ResultSet row) throws SQLException;
        }

        private Map<Long, Wei> read(List<Long> ids, String query, Amount amount) {
            if (ids.isEmpty()) {
                return Map.of();
            }
            return database.read(sql -> {
                Map<Long, Wei> costs = new HashMap<>();
                sql.createQuery(query)
                        .bindArray("ids", Long.class, ids)
                        .map((row, context) -> Map.entry(row.getLong("eth_tx_id"), amount.of(row)))
                        .forEach(entry -> costs.put(entry.getKey(), entry.getValue()));
                return costs;
            });
        }
    }
}
