package io.carabiner.pipeline;

import io.carabiner.crypto.VrfProof;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What tasks need of chains and keys, filled in by the room that knows them. Called by many threads at once. */
public interface EthereumAccess {

    /** The configured and enabled chain with this id. */
    Optional<ChainAccess> chain(ChainId id);

    /**
     * A proof of randomness with one of the node's VRF keys; nobody has any unless this says otherwise.
     *
     * @param publicKey 33 bytes: x, then 01 for an odd y, else 00
     */
    default ProofOutcome prove(Bytes publicKey, Hash32 seed) {
        return new ProofOutcome.KeyUnknown();
    }

    /** No chain is configured. */
    static EthereumAccess none() {
        return id -> Optional.empty();
    }

    /** One chain. */
    interface ChainAccess {

        /** The gas limit for a transaction of a job of this type, from the chain's configuration. */
        long gasLimit(String jobType);

        /** The configured maximum that an estimate is capped at. */
        long maxGasLimit();

        /** Whether one of the enabled keys of this chain may send: any key if the list is empty. */
        boolean hasSendingKey(List<Address> candidates);

        /** {@code eth_call}. */
        CallOutcome call(Call call, Duration timeout) throws InterruptedException;

        /** {@code eth_estimateGas}. */
        EstimateOutcome estimateGas(Call call, Duration timeout) throws InterruptedException;
    }

    /** The block a call is made at. */
    enum CallBlock {
        /** The newest block. */
        LATEST,
        /** The block in the making. */
        PENDING
    }

    /**
     * A message call.
     *
     * @param gas empty to send none: the endpoint's own limit
     */
    record Call(
            Address from,
            Address to,
            Bytes data,
            OptionalLong gas,
            Optional<BigInteger> gasPrice,
            Optional<BigInteger> gasTipCap,
            Optional<BigInteger> gasFeeCap,
            CallBlock block) {}

    /** The answer to a call. */
    sealed interface CallOutcome {
        /** What the contract returned. */
        record Returned(Bytes data) implements CallOutcome {}

        /**
         * The call failed.
         *
         * @param message as the Go node words it: {@code RPCClient returned error (NODE): … call failed: …}
         * @param rpcErrorJson the endpoint's error object {code, message, data}, empty if it gave none
         */
        record Failed(String message, Optional<String> rpcErrorJson) implements CallOutcome {}
    }

    /** The answer to an estimate. */
    sealed interface EstimateOutcome {
        /** So much gas. */
        record Estimated(long gas) implements EstimateOutcome {}

        /** No estimate. */
        record Failed(String message) implements EstimateOutcome {}
    }

    /** The answer to a request for a proof. */
    sealed interface ProofOutcome {
        /** The proof. */
        record Proven(VrfProof proof) implements ProofOutcome {}

        /** The node does not have the key. */
        record KeyUnknown() implements ProofOutcome {}
    }
}
