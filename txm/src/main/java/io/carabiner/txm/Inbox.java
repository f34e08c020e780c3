package io.carabiner.txm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What others tell the owner of a key. Nothing queues up: of heads and facts only the newest counts, and a wake is a
 * wake. Safe for use by many threads.
 */
final class Inbox {

    /** How many orders may wait for a key. */
    static final int ORDERS_MAX = 16;

    private final List<Order> orders = new ArrayList<>();
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

    /** A person wants something; settled at once if too many wait or the owner has stopped. */
    synchronized void order(Order order) {
        if (stopped || orders.size() >= ORDERS_MAX) {
            order.settle(new ActionOutcome.NotPossible(
                    stopped ? "the node is stopping" : "too many actions wait for this key: try again"));
            return;
        }
        orders.add(order);
        notifyAll();
    }

    /** No more work. */
    synchronized void stop() {
        stopped = true;
        orders.forEach(order -> order.settle(new ActionOutcome.NotPossible("the node is stopping")));
        orders.clear();
        notifyAll();
    }

    synchronized boolean stopped() {
        return stopped;
    }

    /** Takes what is there, at once. */
    synchronized Mail take() {
        Mail mail = new Mail(woken, head, Optional.ofNullable(facts), List.copyOf(orders));
        orders.clear();
        woken = false;
        facts = null;
        head = OptionalLong.empty();
        return mail;
    }

    /** Waits until something is there, but not longer than this. */
    synchronized void await(long nanosMax) throws InterruptedException {
        long deadline = System.nanoTime() + nanosMax;
        long left = nanosMax;
        while (!woken && !stopped && orders.isEmpty() && head.isEmpty() && facts == null && left > 0) {
            wait(left / 1_000_000 + 1);
            left = deadline - System.nanoTime();
        }
    }

    /** What came. */
    record Mail(boolean woken, OptionalLong head, Optional<HeadFacts> facts, List<Order> orders) {}
}
