package io.carabiner.jobs;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work that may wait for others, but not for ever. */
final class TimeLimit {

    /** Work that ends when its thread is interrupted. */
    interface Work {
        void run() throws InterruptedException;
    }

    private TimeLimit() {}

    /**
     * Does the work on a thread of its own and waits for it. What the work throws passes through.
     *
     * @throws TimeoutException if it takes too long; its thread was interrupted then
     */
    static void within(Duration limit, String name, Work work) throws TimeoutException {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            work.run();
            return true;
        });
        Thread thread = Thread.ofVirtual().name(name).start(task);
        try {
            task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("told to stop", e);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
