package io.carabiner.evm;

import io.carabiner.primitives.Wei;

/** What a transaction offers for a unit of gas. Immutable. */
public sealed interface FeeQuote {

    /** The most it can cost: the gas price, or the fee cap. */
    Wei ceiling();

    /**
     * One price (transaction type 0).
     *
     * @param gasPrice what a unit of gas costs
     */
    record Legacy(Wei gasPrice) implements FeeQuote {
        @Override
        public Wei ceiling() {
            return gasPrice;
        }
    }

    /**
     * EIP-1559 (transaction type 2).
     *
     * @param feeCap the most for base fee and tip together, never below the tip
     * @param tipCap the most for the block's maker
     */
    record Dynamic(Wei feeCap, Wei tipCap) implements FeeQuote {

        /** Checks the order. */
        public Dynamic {
            if (feeCap.compareTo(tipCap) < 0) {
                throw new IllegalArgumentException("fee cap " + feeCap + " is below tip cap " + tipCap);
            }
        }

        @Override
        public Wei ceiling() {
            return feeCap;
        }
    }
}
