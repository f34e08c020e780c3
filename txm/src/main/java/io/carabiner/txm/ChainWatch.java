package io.carabiner.txm;

import io.carabiner.evm.Head;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the owners of all keys of a chain what each head brought, so that no owner waits for the network on that
 * account. One thread runs it; the other methods are for others.
 */
final class ChainWatch {

    /** How long it waits for a head before it looks again without one, in nanoseconds. */
    static final long LOOK_EVERY_NANOS = KeyRules.REST_MAX.toNanos();

    private final FactsCollector collector;
    private final Supplier<Collection<KeyOwner>> owners;
    private final TxmObserver observer;
    private volatile Optional<String> trouble = Optional.empty();
    private @Nullable Head newest;
    private boolean due;
    private boolean stopped;

    ChainWatch(ChainAccess chain, Supplier<Collection<KeyOwner>> owners, TxmObserver observer) {
        this.collector = new FactsCollector(chain);
        this.owners = owners;
        this.observer = observer;
    }

    /** There is a new head. */
    synchronized void head(Head head) {
        newest = head;
        due = true;
        notifyAll();
    }

    /** Look at the newest head again. */
    synchronized void lookAgain() {
        due = true;
        notifyAll();
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** The newest head's number, once there is one. */
    synchronized Optional<Head> newest() {
        return Optional.ofNullable(newest);
    }

    /** Works until it is stopped or interrupted. */
    void run() {
        int faults = 0;
        try {
            while (await(faults == 0 ? LOOK_EVERY_NANOS : SendRules.pauseNanos(faults), faults > 0)) {
                faults = look() ? 0 : faults + 1;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for something to do; after a fault also for the pause to end, though there is no news. */
    private synchronized boolean await(long nanosMax, boolean mustPause) throws InterruptedException {
        long deadline = System.nanoTime() + nanosMax;
        long left = nanosMax;
        while (!stopped && left > 0 && (mustPause || !due)) {
            wait(left / 1_000_000 + 1);
            left = deadline - System.nanoTime();
        }
        due = false;
        return !stopped;
    }

    private boolean look() {
        Optional<Head> head = newest();
        if (head.isEmpty()) {
            return true;
        }
        try {
            look(head.get());
            trouble = Optional.empty();
            return true;
        } catch (RuntimeException e) {
            observer.messages().chainNotRead(head.get().number(), e);
            trouble = Optional.of("the chain could not be asked what became of transactions: " + e.getMessage());
            return false;
        }
    }

    /** What keeps it from working, if anything does. */
    Optional<String> trouble() {
        return trouble;
    }

    /** One look at one head. */
    void look(Head head) {
        List<KeyOwner> busy = new ArrayList<>();
        List<KeyState> states = new ArrayList<>();
        for (KeyOwner owner : owners.get()) {
            owner.inbox().head(head.number());
            owner.snapshot().filter(state -> !state.idle()).ifPresent(state -> {
                busy.add(owner);
                states.add(state);
            });
        }
        List<HeadFacts> facts = collector.collect(head, states);
        for (int i = 0; i < facts.size(); i++) {
            busy.get(i).inbox().facts(facts.get(i));
        }
    }
}
