package io.carabiner.txm;

import java.util.OptionalLong;

/** Which nonce comes first when a key is taken up. Pure. Source: Go node 2.15, nonce tracker, and its later fixes. */
final class NonceRules {

    private NonceRules() {}

    /** Where to go on. */
    sealed interface FirstNonce {

        /** At this nonce. */
        record At(long nonce) implements FirstNonce {}

        /**
         * At this nonce, because the chain knows transactions of the key that the rows do not: it is used elsewhere
         * too, or the database is a restored older one.
         */
        record Ahead(long nonce, long expected) implements FirstNonce {}

        /**
         * Nowhere: the chain has fewer transactions of the key than are final here. It was reset, or went back further
         * than its finality.
         */
        record Behind(long chainNext, long expected) implements FirstNonce {}
    }

    /**
     * Decides.
     *
     * @param highestStored the highest nonce of any row of the key
     * @param mined the lowest nonce that is free on chain
     * @param pending the same with the endpoint's pool
     * @param underWay whether any row of the key is not final yet
     * @param autoSync {@code EVM.NonceAutoSync}
     */
    static FirstNonce first(OptionalLong highestStored, long mined, long pending, boolean underWay, boolean autoSync) {
        long chainNext = Math.max(mined, pending);
        if (highestStored.isEmpty()) {
            return new FirstNonce.At(chainNext);
        }
        long expected = highestStored.getAsLong() + 1;
        if (chainNext < expected && !underWay) {
            return new FirstNonce.Behind(chainNext, expected);
        }
        return autoSync && chainNext > expected
                ? new FirstNonce.Ahead(chainNext, expected)
                : new FirstNonce.At(expected);
    }
}
