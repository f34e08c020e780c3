package io.carabiner.database;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The rows that name a chain, whatever they mean: every table says it in a column of one of two names. */
public final class ChainRows {

    private static final String TABLES = """
            SELECT table_name || ' ' || column_name FROM information_schema.columns
            WHERE table_schema = 'carabiner' AND column_name IN ('evm_chain_id', 'chain_id')
            ORDER BY table_name""";

    private ChainRows() {}

    /**
     * Deletes them all in one transaction; what refers to them goes with them.
     *
     * @param chainId a decimal number
     * @return the tables, with their schema
     */
    public static List<String> delete(Database database, String chainId) {
        return database.write(tx -> {
            List<String> tables = new ArrayList<>();
            for (String found : tx.sql().createQuery(TABLES).mapTo(String.class).list()) {
                String[] tableAndColumn = found.split(" ", -1);
                tx.sql()
                        .createUpdate("DELETE FROM carabiner." + tableAndColumn[0] + " WHERE " + tableAndColumn[1]
                                + " = :chain")
                        .bind("chain", new BigDecimal(chainId))
                        .execute();
                tables.add("carabiner." + tableAndColumn[0]);
            }
            return tables;
        });
    }
}
