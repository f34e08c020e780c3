package io.carabiner.txm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Wei;

/**
 * What a transaction does, whatever its nonce and fee.
 *
 * @param gasLimit as it is signed
 */
record Payload(Address to, Bytes data, Wei value, long gasLimit) {

    /** Does nothing: takes a nonce that must not stay empty. */
    static Payload nothing(Address self, long gasLimit) {
        return new Payload(self, Bytes.EMPTY, Wei.ZERO, gasLimit);
    }
}
