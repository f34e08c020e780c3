package io.carabiner.txm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.math.BigDecimal;
import java.sql.Types;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes down what people did, inside an open transaction. */
final class ActionRows {

    private ActionRows() {}

    static void insert(Handle sql, ChainId chain, Address key, RowChange.Noted note) {
        sql.createUpdate("""
                        INSERT INTO carabiner.tx_actions
                            (actor, action, evm_chain_id, from_address, eth_tx_id, nonce, done, result)
                        VALUES (:actor, :action, :chain, :from, :id, :nonce, :done, :result)""")
                .bind("actor", note.actor())
                .bind("action", note.action())
                .bind("chain", new BigDecimal(chain.value()))
                .bind("from", key.toArray())
                .bindBySqlType("id", boxed(note.transactionId()), Types.BIGINT)
                .bindBySqlType("nonce", boxed(note.nonce()), Types.BIGINT)
                .bind("done", note.done())
                .bind("result", note.result())
                .execute();
    }

    private static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }
}
