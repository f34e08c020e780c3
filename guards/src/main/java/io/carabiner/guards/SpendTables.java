package io.carabiner.guards;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.ChainId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The SQL of what was spent on one chain. Every statement works on all rows of a batch at once. */
final class SpendTables {

    /** How many transactions are corrected at once; the next look takes the rest. */
    static final int CORRECTIONS_MAX = 1_000;

    /** What was never mined is counted for its day, and then forgotten. */
    private static final int COMMITMENT_DAYS_MAX = 7;
    /** Days that nobody asks for any more are deleted. */
    private static final int SPENDING_DAYS_MAX = 90;

    private final BigDecimal chain;

    SpendTables(ChainId chain) {
        this.chain = new BigDecimal(chain.value());
    }

    Map<Spender, BigInteger> spent(Handle sql, LocalDate day, Collection<Spender> spenders) {
        Map<Spender, BigInteger> found = new HashMap<>();
        sql.createQuery("""
                        SELECT spender, wei FROM carabiner.guard_spending
                        WHERE evm_chain_id = :chain AND day = :day AND spender = ANY (:spenders)""")
                .bind("chain", chain)
                .bind("day", day)
                .bindArray("spenders", String.class, names(spenders))
                .map((row, context) -> Map.entry(
                        spender(row.getString("spender")),
                        row.getBigDecimal("wei").toBigIntegerExact()))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    void add(WriteTransaction tx, Collection<Commitment> commitments) {
        for (Commitment one : commitments) {
            tx.sql()
                    .createUpdate("""
                            INSERT INTO carabiner.guard_commitments (eth_tx_id, evm_chain_id, day, spenders, wei)
                            VALUES (:id, :chain, :day, :spenders, :wei)""")
                    .bind("id", one.id())
                    .bind("chain", chain)
                    .bind("day", one.day())
                    .bindArray("spenders", String.class, names(one.spenders()))
                    .bind("wei", new BigDecimal(one.wei()))
                    .execute();
        }
        change(tx, totals(commitments));
    }

    /** Adds to what was spent; an amount may be negative where a receipt was lower than what was counted. */
    private void change(WriteTransaction tx, Map<LocalDate, Map<Spender, BigInteger>> amounts) {
        amounts.forEach((day, spenders) -> {
            List<Spender> order = new ArrayList<>(spenders.keySet());
            order.sort(Comparator.comparing(Spender::toString));
            tx.sql()
                    .createUpdate("""
                            INSERT INTO carabiner.guard_spending AS s (evm_chain_id, day, spender, wei)
                            SELECT :chain, :day, u.spender, u.wei::numeric
                            FROM unnest(:spenders, :amounts) AS u (spender, wei)
                            ON CONFLICT (evm_chain_id, day, spender) DO UPDATE SET wei = s.wei + EXCLUDED.wei""")
                    .bind("chain", chain)
                    .bind("day", day)
                    .bindArray("spenders", String.class, names(order))
                    .bindArray(
                            "amounts",
                            String.class,
                            order.stream()
                                    .map(spender -> String.valueOf(spenders.get(spender)))
                                    .toList())
                    .execute();
        });
    }

    List<Commitment> open(Handle sql) {
        return sql.createQuery("""
                        SELECT eth_tx_id, day, spenders, wei FROM carabiner.guard_commitments
                        WHERE evm_chain_id = :chain ORDER BY eth_tx_id LIMIT :limit""")
                .bind("chain", chain)
                .bind("limit", CORRECTIONS_MAX)
                .map((row, context) -> commitment(row))
                .list();
    }

    /** Counts more for transactions that can cost more than was thought. */
    void raise(WriteTransaction tx, Map<Commitment, BigInteger> most) {
        Map<LocalDate, Map<Spender, BigInteger>> more = new HashMap<>();
        most.forEach((commitment, wei) -> {
            tx.sql()
                    .createUpdate("UPDATE carabiner.guard_commitments SET wei = :wei WHERE eth_tx_id = :id")
                    .bind("wei", new BigDecimal(wei))
                    .bind("id", commitment.id())
                    .execute();
            count(more, commitment, wei.subtract(commitment.wei()));
        });
        change(tx, more);
    }

    /** Takes the difference between what was counted and what it did cost off, and counts it no more. */
    void correct(WriteTransaction tx, Map<Commitment, BigInteger> costs, LocalDate today) {
        tx.sql()
                .createUpdate("""
                        DELETE FROM carabiner.guard_commitments
                        WHERE eth_tx_id = ANY (:ids) OR (evm_chain_id = :chain AND day < :old)""")
                .bindArray(
                        "ids",
                        Long.class,
                        costs.keySet().stream().map(Commitment::id).toList())
                .bind("chain", chain)
                .bind("old", today.minusDays(COMMITMENT_DAYS_MAX))
                .execute();
        Map<LocalDate, Map<Spender, BigInteger>> back = new HashMap<>();
        costs.forEach(
                (commitment, cost) -> count(back, commitment, commitment.wei().subtract(cost)));
        back.forEach((day, spenders) -> spenders.forEach((spender, wei) -> takeOff(tx, day, spender, wei)));
        tx.sql()
                .createUpdate("DELETE FROM carabiner.guard_spending WHERE evm_chain_id = :chain AND day < :old")
                .bind("chain", chain)
                .bind("old", today.minusDays(SPENDING_DAYS_MAX))
                .execute();
    }

    private void takeOff(WriteTransaction tx, LocalDate day, Spender spender, BigInteger wei) {
        tx.sql()
                .createUpdate("""
                        UPDATE carabiner.guard_spending SET wei = greatest(wei - :wei, 0)
                        WHERE evm_chain_id = :chain AND day = :day AND spender = :spender""")
                .bind("wei", new BigDecimal(wei))
                .bind("chain", chain)
                .bind("day", day)
                .bind("spender", spender.toString())
                .execute();
    }

    static Map<LocalDate, Map<Spender, BigInteger>> totals(Collection<Commitment> commitments) {
        Map<LocalDate, Map<Spender, BigInteger>> totals = new HashMap<>();
        commitments.forEach(one -> count(totals, one, one.wei()));
        return totals;
    }

    private static void count(Map<LocalDate, Map<Spender, BigInteger>> totals, Commitment one, BigInteger wei) {
        Map<Spender, BigInteger> ofDay = totals.computeIfAbsent(one.day(), day -> new HashMap<>());
        one.spenders().forEach(spender -> ofDay.merge(spender, wei, BigInteger::add));
    }

    private static Commitment commitment(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray("spenders").getArray();
        return new Commitment(
                row.getLong("eth_tx_id"),
                row.getObject("day", LocalDate.class),
                Arrays.stream(names).map(SpendTables::spender).toList(),
                row.getBigDecimal("wei").toBigIntegerExact());
    }

    private static List<String> names(Collection<Spender> spenders) {
        return spenders.stream().map(Spender::toString).toList();
    }

    private static Spender spender(String text) {
        int space = text.indexOf(' ');
        return new Spender(
                Spender.Kind.valueOf(text.substring(0, space).toUpperCase(Locale.ROOT)), text.substring(space + 1));
    }
}
