package io.carabiner.txm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.util.List;
import java.util.OptionalLong;

/** Why things wait. */
public sealed interface Diagnosis {

    /** The reasons, the one that matters most first; never empty. */
    List<Finding> findings();

    /**
     * Why one transaction waits.
     *
     * @param nonce absent while it is queued
     */
    record OfTransaction(
            long id, ChainId chain, Address key, TransactionState state, OptionalLong nonce, List<Finding> findings)
            implements Diagnosis {

        /** Copies the list. */
        public OfTransaction {
            findings = List.copyOf(findings);
        }
    }

    /**
     * What one key waits for.
     *
     * @param queued without nonce
     * @param inFlight with a nonce and not mined
     * @param oldest the id of the transaction that all others of the key wait for; absent if nothing waits
     */
    record OfKey(ChainId chain, Address key, long queued, long inFlight, OptionalLong oldest, List<Finding> findings)
            implements Diagnosis {

        /** Copies the list. */
        public OfKey {
            findings = List.copyOf(findings);
        }
    }
}
