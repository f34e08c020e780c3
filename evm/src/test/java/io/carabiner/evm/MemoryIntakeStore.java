package io.carabiner.evm;

import io.carabiner.database.WriteTransaction;
import java.util.function.Consumer;

/** Keeps the last state; what is reported would be a fault, unless a test says otherwise. */
class MemoryIntakeStore implements IntakeStore, IntakeReports {
    private BlockTrail trail = BlockTrail.EMPTY;

    @Override
    public BlockTrail load() {
        return trail;
    }

    @Override
    public void save(BlockTrail before, BlockTrail after, Consumer<WriteTransaction> subscribers) {
        subscribers.accept(new WriteTransaction() {
            @Override
            public org.jdbi.v3.core.Handle sql() {
                throw new UnsupportedOperationException("no SQL here");
            }

            @Override
            public void afterCommit(Runnable action) {
                throw new UnsupportedOperationException("no SQL here");
            }
        });
        trail = after;
    }

    @Override
    public void stored(long blocks, int logs) {}

    @Override
    public void reorg(long from, long cursor) {
        throw new AssertionError("no reorg happens here");
    }

    @Override
    public void deepReorg(long from, long cursor) {
        throw new AssertionError("no reorg happens here");
    }

    @Override
    public void chainReset(long head, long cursor) {
        throw new AssertionError("no reset happens here");
    }

    @Override
    public void chainShorter(long head, long cursor) {
        throw new AssertionError("the chain only grows here");
    }

    @Override
    public void bloomLied(long block, int events) {
        throw new AssertionError("no header lies here");
    }

    @Override
    public void skipped(long from, long to) {
        throw new AssertionError("nothing is skipped here");
    }

    @Override
    public void rangeReduced(int blocks, String why) {
        throw new AssertionError("no range is refused here");
    }

    @Override
    public void subscriberFailed(RuntimeException fault) {
        throw fault;
    }
}
