package io.carabiner.txm;

import io.carabiner.primitives.TimeSource;

/**
 * What the owners of the keys of one chain share.
 *
 * @param lookAtChain asks for {@link HeadFacts} soon, without waiting for the next head
 */
record KeyContext(
        ChainAccess chain,
        TransactionStore store,
        AttemptSigner signer,
        SendGate gate,
        TxmSettings settings,
        TxmObserver observer,
        TimeSource time,
        Runnable lookAtChain) {}
