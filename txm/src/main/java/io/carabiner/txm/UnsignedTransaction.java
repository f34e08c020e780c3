package io.carabiner.txm;

import io.carabiner.evm.FeeQuote;

/** All of a transaction but the signature. */
record UnsignedTransaction(long nonce, Payload payload, FeeQuote fee) {}
