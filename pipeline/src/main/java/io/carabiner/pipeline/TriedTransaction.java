package io.carabiner.pipeline;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import java.util.Set;

/**
 * A transaction that was tried out and not sent.
 *
 * @param from the key that would most likely send it
 * @param gasLimit what it would be sent with
 */
public record TriedTransaction(ChainId chainId, Address from, Address to, Bytes data, long gasLimit, Verdict verdict) {

    /** {@code fulfillOracleRequest} and {@code fulfillOracleRequest2} of the Operator and Oracle contracts. */
    private static final Set<Bytes> FULFILMENTS = Set.of(Bytes.fromHex("4ab0d190"), Bytes.fromHex("6ae0bc76"));

    private static final Bytes FALSE = Bytes.of(new byte[32]);

    /** Whether it answers a request whose consumer refuses the answer: it goes through, and nobody has the answer. */
    public boolean consumerRefuses() {
        return data.size() >= 4
                && FULFILMENTS.contains(data.slice(0, 4))
                && verdict instanceof Verdict.Succeeds(long ignored, Bytes returned)
                && returned.equals(FALSE);
    }

    /** How it would end, as far as the newest block tells. */
    public sealed interface Verdict {

        /**
         * It would go through.
         *
         * @param gas what the endpoint estimates
         * @param returned what the contract would return
         */
        record Succeeds(long gas, Bytes returned) implements Verdict {}

        /** It would revert, or nobody could tell. */
        record Fails(String reason) implements Verdict {}
    }
}
