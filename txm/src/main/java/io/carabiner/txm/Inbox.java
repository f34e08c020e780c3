package io.carabiner.txm;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What others tell the owner of a key. Nothing queues up: of heads and facts only the newest counts, and a wake is a
 * wake. Safe for use by many threads.
 */
final class Inbox {

    private boolean woken;
    private boolean stopped;
    private OptionalLong head = OptionalLong.empty();
    private @Nullable HeadFacts facts;

    /** There may be queued transactions. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** There is a new head. */
    synchronized void head(long number) {
        head = OptionalLong.of(number);
        notifyAll();
    }

    /** There is news from the chain. */
    synchronized void facts(HeadFacts news) {
        facts = news;
        head = OptionalLong.of(news.head());
        notifyAll();
    }

    /** No more work. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    synchronized boolean stopped() {
        return stopped;
    }

    /** Takes what is there, at once. */
    synchronized Mail take() {
        Mail mail = new Mail(woken, head, Optional.ofNullable(facts));
        woken = false;
        facts = null;
        head = OptionalLong.empty();
        return mail;
    }

    /** Waits until something is there, but not longer than this. */
    synchronized void await(long nanosMax) throws InterruptedException {
        long deadline = System.nanoTime() + nanosMax;
        long left = nanosMax;
        while (!woken && !stopped && head.isEmpty() && facts == null && left > 0) {
            wait(left / 1_000_000 + 1);
            left = deadline - System.nanoTime();
        }
    }

    /** What came. */
    record Mail(boolean woken, OptionalLong head, Optional<HeadFacts> facts) {}
}
