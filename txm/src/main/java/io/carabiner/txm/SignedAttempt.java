package io.carabiner.txm;

import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;

/**
 * A signed transaction.
 *
 * @param raw the bytes as they are sent, the same each time
 * @param gasLimit as it was signed
 * @param purge whether it does nothing and only takes the nonce of what can not be sent any more
 */
record SignedAttempt(Hash32 hash, Bytes raw, FeeQuote fee, long gasLimit, boolean purge) {}
