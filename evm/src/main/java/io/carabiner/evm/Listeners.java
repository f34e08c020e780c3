package io.carabiner.evm;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those who want to know of each new head: a thread and a place for one head each, the newest wins. Thread-safe. */
final class Listeners implements AutoCloseable {

    private final String threadName;
    private final Consumer<RuntimeException> faults;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    Listeners(String threadName, Consumer<RuntimeException> faults) {
        this.threadName = threadName;
        this.faults = faults;
    }

    HeadTracker.Listening add(Consumer<Head> callback, @Nullable Head known) {
        Listener listener = new Listener(callback);
        listeners.add(listener);
        if (known != null) {
            listener.offer(known);
        }
        listener.thread.start();
        return () -> {
            listeners.remove(listener);
            listener.stop();
        };
    }

    void offer(Head head) {
        listeners.forEach(listener -> listener.offer(head));
    }

    @Override
    public void close() {
        listeners.forEach(Listener::stop);
        listeners.clear();
    }

    private final class Listener {
        private final Consumer<Head> callback;
        private final AtomicReference<@Nullable Head> next = new AtomicReference<>();
        private final Thread thread;
        private volatile boolean stopped;

        Listener(Consumer<Head> callback) {
            this.callback = callback;
            this.thread = Thread.ofVirtual().name(threadName).unstarted(this::run);
        }

        void offer(Head head) {
            next.set(head);
            LockSupport.unpark(thread);
        }

        /** Without interrupting: a callback in progress may be in the middle of a write. */
        void stop() {
            stopped = true;
            LockSupport.unpark(thread);
        }

        private void run() {
            while (!stopped) {
                @Nullable Head head = next.getAndSet(null);
                if (head == null) {
                    LockSupport.park(this);
                } else {
                    call(head);
                }
            }
        }

        private void call(Head head) {
            try {
                callback.accept(head);
            } catch (RuntimeException e) {
                faults.accept(e);
            }
        }
    }
}
