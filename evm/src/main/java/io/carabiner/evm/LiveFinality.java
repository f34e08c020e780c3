package io.carabiner.evm;

import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.TimeSource;
import io.carabiner.rpc.RpcException;
import java.time.Duration;
import java.util.function.Consumer;

/** Finality as the configuration says. Thread-safe. */
final class LiveFinality implements Finality {

    private static final long NONE = -1;

    /** After so many blocks the chain is asked even if nobody wants to know, so that deep reorgs are seen as such. */
    static final long IDLE_BLOCKS = 64;

    private final EthClient client;
    private final HeadTracker heads;
    private final TimeSource time;
    private final Consumer<RpcException> trouble;
    private final boolean byTag;
    private final long depth;
    private final long offset;
    private final Duration pollInterval;

    private long tagged = NONE;
    private long askedNanos;
    private long askedAtBlock = NONE;

    /** @param trouble hears when the chain could not be asked while nobody waited for it */
    LiveFinality(
            EvmConfig config, EthClient client, HeadTracker heads, TimeSource time, Consumer<RpcException> trouble) {
        this.client = client;
        this.heads = heads;
        this.time = time;
        this.trouble = trouble;
        this.byTag = config.finalityTagEnabled() && !config.headTracker().finalityTagBypass();
        this.depth = config.finalityDepth();
        this.offset = config.finalizedBlockOffset();
        this.pollInterval = config.nodePool().finalizedBlockPollInterval();
    }

    /** Follows the heads from now on, where the chain's word counts. */
    HeadTracker.Listening start() {
        return byTag ? heads.listen(this::onHead) : () -> {};
    }

    private void onHead(Head head) {
        if (Math.abs(head.number() - askedBlock()) < IDLE_BLOCKS) {
            return;
        }
        try {
            askIfDue(head);
        } catch (RpcException e) {
            trouble.accept(e);
        }
    }

    private synchronized long askedBlock() {
        return askedAtBlock == NONE ? Long.MIN_VALUE / 2 : askedAtBlock;
    }

    @Override
    public long finalized(Head newest) {
        if (byTag) {
            askIfDue(newest);
        }
        return lastKnown(newest.number());
    }

    @Override
    public synchronized long lastKnown(long newest) {
        long block = byTag ? Math.min(tagged, newest) : newest - depth;
        return Math.max(NONE, block - offset);
    }

    /** Nothing becomes final without a new block, and never is the lock held while the network is asked. */
    private void askIfDue(Head newest) {
        synchronized (this) {
            boolean early = askedAtBlock != NONE && time.monotonicNanos() - askedNanos < pollInterval.toNanos();
            if (early || askedAtBlock == newest.number()) {
                return;
            }
            askedNanos = time.monotonicNanos();
        }
        long heard = client.block(BlockTag.FINALIZED).map(Head::number).orElse(NONE);
        synchronized (this) {
            tagged = heard;
            askedAtBlock = newest.number();
        }
    }
}
