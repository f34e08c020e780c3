package io.carabiner.devnet;

import io.carabiner.localservers.Anvil;
import io.carabiner.localservers.LocalServerException;
import io.carabiner.primitives.TimeSource;
import java.time.Duration;

/**
 * Stores the chain's state soon after every block with transactions, so that even the death of anvil itself loses next
 * to nothing. One thread; the state is stored also at every orderly stop.
 */
final class ChainKeeper implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /** More new blocks than this are not looked at one by one: the state is stored. */
    private static final int BLOCKS_LOOKED_AT_MAX = 20;

    private final Anvil chain;
    private final TimeSource time;
    private final Thread thread;
    private long seen;

    private ChainKeeper(Anvil chain, TimeSource time) {
        this.chain = chain;
        this.time = time;
        this.thread = Thread.ofVirtual().name("chain-keeper").unstarted(this::keep);
    }

    static ChainKeeper start(Anvil chain, TimeSource time) {
        ChainKeeper keeper = new ChainKeeper(chain, time);
        keeper.thread.start();
        return keeper;
    }

    private void keep() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                time.sleep(LOOK_EVERY);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LocalServerException e) {
            // The chain is gone or going; who runs the network notices and says so.
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        long latest = number("eth_blockNumber");
        boolean worth = latest < seen || latest - seen > BLOCKS_LOOKED_AT_MAX;
        for (long block = seen + 1; !worth && block <= latest; block++) {
            worth = number("eth_getBlockTransactionCountByNumber", "0x" + Long.toHexString(block)) > 0;
        }
        if (worth) {
            chain.saveState();
        }
        seen = latest;
    }

    private long number(String method, Object... params) {
        return Long.parseLong(chain.call(method, params).asString().substring(2), 16);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
