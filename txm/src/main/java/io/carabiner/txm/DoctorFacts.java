package io.carabiner.txm;

import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Wei;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * All that is known about why one transaction waits. What is absent is not known.
 *
 * @param error why it failed, if it did
 * @param sending absent while it is queued, and when it is mined
 * @param mined absent while it is not
 * @param heldBack why the guards let it wait, if they do
 */
record DoctorFacts(
        long id,
        TransactionState state,
        OptionalLong nonce,
        Optional<String> error,
        Optional<Sending> sending,
        Optional<Mined> mined,
        Optional<String> heldBack,
        OfKey key,
        OfChain chain) {

    /**
     * How far it got.
     *
     * @param attempts how many were made
     * @param sentBefore the head when the newest was first taken; absent if no endpoint took it
     * @param refusal what the endpoints said when they last did not take it
     */
    record Sending(
            FeeQuote fee,
            AttemptState state,
            int attempts,
            OptionalLong sentBefore,
            boolean purging,
            Optional<String> refusal) {}

    /**
     * Where it is.
     *
     * @param confirmations blocks on top that are waited for; absent until it is final
     */
    record Mined(long block, OptionalInt confirmations) {}

    /**
     * The key that sends it.
     *
     * @param queued how many wait without nonce
     * @param lowest the id of the waiting transaction with the lowest nonce
     * @param gap empty nonces below waiting transactions
     * @param trouble what keeps the key from working
     */
    record OfKey(
            Address address,
            boolean enabled,
            long queued,
            long inFlight,
            long inFlightLimit,
            OptionalLong lowest,
            List<Long> gap,
            Optional<String> trouble) {

        OfKey {
            gap = List.copyOf(gap);
        }
    }

    /**
     * The chain.
     *
     * @param trouble why it could not be asked
     * @param bumpThreshold blocks after which more is offered; 0 for never
     */
    record OfChain(
            Optional<String> trouble,
            OptionalLong head,
            OptionalLong finalized,
            Optional<Wei> baseFee,
            OptionalLong minedCount,
            Optional<Wei> balance,
            long bumpThreshold) {}
}
