package io.carabiner.txm;

import io.carabiner.primitives.Address;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The rows of one chain, as the owner of a key uses them. */
interface TransactionStore {

    /** All that is under way, in one consistent look. */
    KeyRows load(Address key, long nowNanos);

    /**
     * The next queued transactions: those without value first, then the oldest.
     *
     * @param except ids of those that must wait
     */
    List<Queued> queued(Address key, int limit, List<Long> except);

    /**
     * Makes all changes in one write transaction, tells the listener in it, or changes nothing.
     *
     * @throws TxmException {@code TXM_ROWS_MOVED} if a row is not as the changes expect it: read the rows again
     */
    void write(Address key, List<RowChange> changes);

    /**
     * What is under way.
     *
     * @param highestNonce of all rows of the key, old ones too
     */
    record KeyRows(OptionalLong highestNonce, List<InFlight> inFlight, List<MinedBlock> mined) {}

    /** Where one transaction of the key stands, if there is such a one. */
    Optional<Standing> standing(Address key, long id);

    /**
     * Where a transaction stands.
     *
     * @param awaited whether somebody waits and was not told yet
     */
    record Standing(TransactionState state, boolean awaited) {}

    /** A transaction that waits for a nonce. */
    record Queued(long id, Payload payload, Terms terms, Optional<String> meta, Optional<UUID> task) {}
}
