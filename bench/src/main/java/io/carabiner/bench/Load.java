package io.carabiner.bench;

import io.carabiner.primitives.Juels;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests at a steady rate, until it is closed. */
final class Load implements AutoCloseable {

    private static final Juels PAYMENT = new Juels(BigInteger.TEN.pow(17));

    private final World world;
    private final long pauseNanos;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean asking = new AtomicBoolean(true);
    private final Thread thread;

    private Load(World world, int ratePerSecond) {
        this.world = world;
        this.pauseNanos = Duration.ofSeconds(1).toNanos() / ratePerSecond;
        this.thread = Thread.ofPlatform().name("asker").unstarted(this::askUntilTold);
    }

    static Load start(World world, int ratePerSecond) {
        Load load = new Load(world, ratePerSecond);
        load.thread.start();
        return load;
    }

    /** A late request is followed at once by the next: the rate is kept over time. */
    private void askUntilTold() {
        try {
            for (long due = System.nanoTime(); asking.get(); due += pauseNanos) {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                world.contracts().send(world.nextNonce(), world.jobId(), PAYMENT, world.question());
                asked.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many requests were sent so far. */
    int asked() {
        return asked.get();
    }

    /** Asks no more. */
    @Override
    public void close() throws InterruptedException {
        asking.set(false);
        thread.join();
    }
}
