package io.carabiner.evm;

import io.carabiner.database.WriteTransaction;
import java.util.function.Consumer;

/** Where the cursor and the hashes are kept. */
interface IntakeStore {

    /** What was stored last. */
    BlockTrail load();

    /**
     * Stores the next state in one transaction with what the subscribers store.
     *
     * @param before what {@link #load} or the last {@link #save} left; if the row says otherwise nothing is stored
     */
    void save(BlockTrail before, BlockTrail after, Consumer<WriteTransaction> subscribers);
}
