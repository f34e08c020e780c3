package io.carabiner.txm;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the owner of a key knows besides the rows. Only in memory.
 *
 * @param nowNanos the monotonic clock
 * @param nonceKnown whether {@link KeyState#nextNonce} was checked against the chain
 * @param syncNotBeforeNanos when the chain may be asked again for the nonce
 * @param signNotBeforeNanos when a remote signer that failed may be asked again for new transactions
 * @param queued whether there may be queued transactions
 * @param mayStart whether the key is enabled
 * @param startedLast whether the last action gave out nonces; heads have their turn then
 * @param heldUntilNanos when the gate is to be asked again about what it lets wait
 * @param head the newest block of which it is known what became of the key's transactions: while endpoints do not say,
 *     no block passes, so that nothing is bumped that may be mined long since
 * @param facts what the newest head brought, not stored yet
 * @param gap nonces that stayed empty for some heads
 */
record Situation(
        long nowNanos,
        boolean nonceKnown,
        long syncNotBeforeNanos,
        long signNotBeforeNanos,
        boolean queued,
        boolean mayStart,
        boolean startedLast,
        OptionalLong heldUntilNanos,
        OptionalLong head,
        Optional<HeadFacts> facts,
        List<Long> gap) {}
