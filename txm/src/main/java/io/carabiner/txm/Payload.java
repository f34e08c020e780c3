package io.carabiner.txm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Wei;
import java.util.List;

/**
 * What a transaction does, whatever its nonce and fee.
 *
 * @param gasLimit as it is signed
 * @param accessList what it will touch; empty for none
 */
record Payload(Address to, Bytes data, Wei value, long gasLimit, List<AccessListEntry> accessList) {

    Payload {
        accessList = List.copyOf(accessList);
    }

    Payload(Address to, Bytes data, Wei value, long gasLimit) {
        this(to, data, value, gasLimit, List.of());
    }

    /** Does nothing: takes a nonce that must not stay empty. */
    static Payload nothing(Address self, long gasLimit) {
        return new Payload(self, Bytes.EMPTY, Wei.ZERO, gasLimit);
    }

    Payload withGasLimit(long limit) {
        return new Payload(to, data, value, limit, accessList);
    }

    /** Whether both ask the same of the chain. */
    boolean sameCall(Payload other) {
        return to.equals(other.to) && data.equals(other.data) && value.equals(other.value);
    }
}
