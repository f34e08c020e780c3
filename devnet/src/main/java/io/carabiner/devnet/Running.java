package io.carabiner.devnet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What has been started and must be stopped, last first. Once stopping has begun, whatever is started late is stopped
 * at once. Safe for use by many threads.
 */
final class Running implements AutoCloseable {

    private final Consumer<String> complaints;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final ReentrantLock closing = new ReentrantLock();
    private boolean stopping;
    private boolean halted;

    Running(Consumer<String> complaints) {
        this.complaints = complaints;
    }

    /** Whether someone outside, Ctrl-C or a signal, wants the end: what fails from then on is no news. */
    synchronized boolean isHalted() {
        return halted;
    }

    /** Stops everything because someone outside wants the end. */
    void halt() {
        synchronized (this) {
            halted = true;
        }
        close();
    }

    /** Whether nothing is left to stop. */
    synchronized boolean isStopped() {
        return stopping && started.isEmpty();
    }

    /** Starts something and remembers to stop it. */
    <T extends AutoCloseable> T start(Supplier<T> starter) {
        T result = starter.get();
        synchronized (this) {
            if (!stopping) {
                started.push(result);
                return result;
            }
        }
        stop(result);
        throw new DevnetException("INTERRUPTED", "Stopped.");
    }

    /** Stops everything; a second caller waits until the first is done. */
    @Override
    public void close() {
        closing.lock();
        try {
            Optional<AutoCloseable> next = next();
            while (next.isPresent()) {
                stop(next.get());
                next = next();
            }
        } finally {
            closing.unlock();
        }
    }

    private synchronized Optional<AutoCloseable> next() {
        stopping = true;
        return Optional.ofNullable(started.poll());
    }

    /** One that does not stop cleanly must not keep the others running. */
    private void stop(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            complaints.accept("This did not stop cleanly: " + one + ": " + e);
        }
    }
}
