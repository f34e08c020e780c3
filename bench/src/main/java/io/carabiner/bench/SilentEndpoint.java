package io.carabiner.bench;

import io.carabiner.testkit.EndpointFault;
import io.carabiner.testkit.FaultRule;
import io.carabiner.testkit.FaultScript;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The first endpoint's trouble while requests come: it drops one message in ten, then falls silent for 20 s with its
 * connections open, then drops one in ten again. Measured is how long after it fell silent the next transaction left
 * the node. Without faults nothing happens.
 */
final class SilentEndpoint implements AutoCloseable {

    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final int DROPPED_PERCENT = 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private final World world;
    private final Options.Faults faults;
    private final Thread thread;
    private volatile long silentSince;

    private SilentEndpoint(World world, Options.Faults faults) {
        this.world = world;
        this.faults = faults;
        this.thread = Thread.ofVirtual().name("trouble").unstarted(this::trouble);
    }

    static SilentEndpoint begin(World world, Options.Faults faults) {
        SilentEndpoint trouble = new SilentEndpoint(world, faults);
        switch (faults) {
            case NONE -> {}
            case SILENT_ENDPOINT -> trouble.thread.start();
        }
        return trouble;
    }

    private void trouble() {
        FaultScript dropping = new FaultScript(
                1,
                List.of(FaultRule.always(new EndpointFault.Swallowed(), "eth_subscription")
                        .percent(DROPPED_PERCENT)));
        try {
            world.endpoint().play(dropping);
            TimeUnit.NANOSECONDS.sleep(BEFORE.toNanos());
            world.endpoint().play(FaultScript.of(FaultRule.always(new EndpointFault.Silence())));
            silentSince = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(SILENCE.toNanos());
            world.endpoint().play(dropping);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Prints what it did, if it did. */
    void report() {
        if (faults == Options.Faults.SILENT_ENDPOINT && silentSince != 0) {
            System.out.println(
                    "      the first endpoint fell silent: next transaction sent %s later; heads came again %s later"
                            .formatted(
                                    after(world.watch().firstSentAfter(silentSince)),
                                    after(world.watch().firstHeadAfter(silentSince))));
        }
    }

    private String after(long nanos) {
        return nanos == Long.MAX_VALUE ? "NEVER" : "%.2f s".formatted((nanos - silentSince) / NANOS_PER_SECOND);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        if (faults == Options.Faults.SILENT_ENDPOINT) {
            thread.join();
        }
        world.endpoint().heal();
    }
}
