package io.carabiner.pipeline;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;

/**
 * A transaction that was tried out and not sent.
 *
 * @param from the key that would most likely send it
 * @param gasLimit what it would be sent with
 */
public record TriedTransaction(ChainId chainId, Address from, Address to, Bytes data, long gasLimit, Verdict verdict) {

    /** How it would end, as far as the newest block tells. */
    public sealed interface Verdict {

        /**
         * It would go through.
         *
         * @param gas what the endpoint estimates
         * @param returned what the contract would return: the Operator's last word is zero if the consumer's callback
         *     fails
         */
        record Succeeds(long gas, Bytes returned) implements Verdict {}

        /** It would revert, or nobody could tell. */
        record Fails(String reason) implements Verdict {}
    }
}
