package io.carabiner.node;

import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestChain;
import java.time.Duration;

/**
 * Makes a chain's blocks at a steady pace, faster than anvil's whole seconds; each takes all that waits. So
 * transactions wait a while, share blocks, and are never mined within the call that sends them, as on a real chain.
 */
final class BlockMaker implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(150);

    private final TestChain chain;
    private final Thread thread;
    private final Object oneAtATime = new Object();

    private BlockMaker(TestChain chain) {
        this.chain = chain;
        this.thread = Thread.ofVirtual().name("block-maker").unstarted(this::run);
    }

    static BlockMaker start(TestChain chain) {
        chain.automine(false);
        BlockMaker maker = new BlockMaker(chain);
        maker.thread.start();
        return maker;
    }

    /** No block is made while this runs. */
    void withoutBlocks(Runnable action) {
        synchronized (oneAtATime) {
            action.run();
        }
    }

    private void run() {
        TimeSource time = TimeSource.system();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                withoutBlocks(() -> chain.mine(1));
                time.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        synchronized (oneAtATime) {
            thread.interrupt();
        }
        thread.join();
    }
}
