package io.carabiner.txm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.time.Duration;
import java.util.List;

/**
 * Keeps {@link Forwarding} up to date: reads the list and asks each contract whom it lets pass, every minute and when
 * the list has changed. One thread runs it; the other methods are for others.
 */
final class ForwarderWatch {

    /** How often contracts are asked (as in the Go node). */
    static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Forwarders forwarders;
    private final Forwarding forwarding;
    private final ChainAccess chain;
    private final TxmObserver observer;
    private boolean due = true;
    private boolean stopped;

    ForwarderWatch(Forwarders forwarders, Forwarding forwarding, ChainAccess chain, TxmObserver observer) {
        this.forwarders = forwarders;
        this.forwarding = forwarding;
        this.chain = chain;
        this.observer = observer;
    }

    /** The list has changed. */
    synchronized void changed() {
        due = true;
        notifyAll();
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** What was last known is used at once, before any contract is asked. */
    void remember() {
        if (forwarding.enabled()) {
            forwarding.use(forwarders.of(chain.chainId()));
        }
    }

    /** Works until it is stopped or interrupted; not at all where nothing is forwarded. */
    void run() {
        try {
            while (forwarding.enabled() && await()) {
                refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean await() throws InterruptedException {
        long deadline = System.nanoTime() + INTERVAL.toNanos();
        long left = INTERVAL.toNanos();
        while (!stopped && !due && left > 0) {
            wait(left / 1_000_000 + 1);
            left = deadline - System.nanoTime();
        }
        due = false;
        return !stopped;
    }

    /** One look at all of them; one that does not answer keeps what it last said. */
    void refresh() {
        ChainId id = chain.chainId();
        try {
            forwarders.of(id).forEach(this::ask);
            forwarding.use(forwarders.of(id));
        } catch (RuntimeException e) {
            observer.messages().stepFailed("", e);
        }
    }

    private void ask(Forwarder forwarder) {
        try {
            List<Address> senders = Forwarding.authorizedSenders(chain, forwarder.address());
            if (!senders.equals(forwarder.senders())) {
                forwarders.learn(forwarder.id(), senders);
            }
        } catch (RuntimeException e) {
            observer.messages().forwarderSilent(forwarder.address().toString(), e);
        }
    }
}
