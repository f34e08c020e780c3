package io.carabiner.jobs;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Threads that wait until something with a number has happened. Thread-safe. */
final class Waiters {

    private final Map<Long, CountDownLatch> latches = new ConcurrentHashMap<>();

    /**
     * Waits until {@link #happened} is called for the number.
     *
     * @param isOpen whether there is still something to wait for; asked after the waiting has been announced, so that
     *     nothing falls between
     */
    void await(long number, Duration patience, BooleanSupplier isOpen) throws InterruptedException {
        CountDownLatch latch = latches.computeIfAbsent(number, any -> new CountDownLatch(1));
        try {
            if (isOpen.getAsBoolean()) {
                boolean ignored = latch.await(patience.toNanos(), TimeUnit.NANOSECONDS);
            }
        } finally {
            latches.remove(number, latch);
        }
    }

    void happened(long number) {
        CountDownLatch latch = latches.remove(number);
        if (latch != null) {
            latch.countDown();
        }
    }
}
