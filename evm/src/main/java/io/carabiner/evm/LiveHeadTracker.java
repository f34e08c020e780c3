package io.carabiner.evm;

import io.carabiner.primitives.TimeSource;
import io.carabiner.rpc.RpcException;
import io.carabiner.rpc.RpcPool;
import io.carabiner.rpc.RpcSubscription;
import io.carabiner.rpc.SubscriptionListener;
import io.carabiner.telemetry.HealthStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Follows the head on one thread. Notifications only fill its queue; a subscription that swallows them is noticed by a
 * poll, and then dropped and made anew.
 */
final class LiveHeadTracker implements HeadTracker, AutoCloseable {

    /** Heads waiting for the tracker's thread; when it is full the oldest goes, since only the newest matters. */
    private static final int QUEUE_LIMIT = 64;

    private static final String CONSUMER = "heads";

    private final RpcPool pool;
    private final HeadRules rules;
    private final TimeSource time;
    private final HeadReports reports;
    private final Listeners listeners;
    private final BlockingQueue<Notice> notices = new ArrayBlockingQueue<>(QUEUE_LIMIT);
    private final Thread thread;
    private final RecentHeads recent = new RecentHeads();
    private final BlockPace pace = new BlockPace();

    private volatile @Nullable Head latest;
    private volatile long latestSeenNanos;
    private volatile boolean closed;

    // Of the tracker's thread alone.
    private @Nullable RpcSubscription subscription;
    private int fruitlessPolls;
    private int lowerPolls;
    private int lowerNotices;
    private long subscribeAgainNanos;
    private int failedSubscribes;

    /** A head that was announced, or none when a subscription ended. */
    private record Notice(String node, @Nullable Head head) {}

    LiveHeadTracker(RpcPool pool, HeadRules rules, TimeSource time, HeadReports reports) {
        this.pool = pool;
        this.rules = rules;
        this.time = time;
        this.reports = reports;
        this.listeners = new Listeners("evm-" + pool.chain() + "-head-listener", reports::listenerFailed);
        this.latestSeenNanos = time.monotonicNanos();
        this.subscribeAgainNanos = time.monotonicNanos();
        this.thread = Thread.ofVirtual().name("evm-" + pool.chain() + "-heads").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public Optional<Head> latest() {
        return Optional.ofNullable(latest);
    }

    @Override
    public Head onTheWay(Head newest, long number) {
        return recent.under(newest, number);
    }

    @Override
    public Listening listen(Consumer<Head> listener) {
        return listeners.add(listener, latest);
    }

    /** Failing when no head came for longer than the threshold. */
    HealthStatus health(Duration threshold) {
        long nanos = time.monotonicNanos() - latestSeenNanos;
        if (latest == null) {
            return HealthStatus.failing("Listener is not connected");
        }
        return threshold.isZero() || nanos < threshold.toNanos()
                ? HealthStatus.PASSING
                : HealthStatus.failing("Listener is not receiving heads");
    }

    private void run() {
        while (!closed) {
            try {
                subscribeIfDue();
                await();
            } catch (RpcException e) {
                reports.unreachable(e);
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void pause() {
        try {
            time.sleep(rules.pollPause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private void subscribeIfDue() {
        if (rules.onlyPolls() || subscription != null || subscribeAgainNanos - time.monotonicNanos() > 0) {
            return;
        }
        subscription = pool.subscribe("newHeads", new Announcements()).orElse(null);
        if (subscription == null) {
            subscribeAgainNanos = time.monotonicNanos()
                    + rules.subscribeAgain(failedSubscribes++).toNanos();
            return;
        }
        failedSubscribes = 0;
        reports.subscribed(subscription.node());
        // What happened before the subscription, or since the last one broke, is not announced.
        poll();
    }

    /** On the connection's thread, but for a refusal. */
    private final class Announcements implements SubscriptionListener {

        @Override
        public void notified(String node, JsonNode head) {
            try {
                enqueue(new Notice(node, RpcDecoder.head(head)));
            } catch (RpcException e) {
                reports.connectionError(e);
            }
        }

        @Override
        public void closed(String node) {
            enqueue(new Notice(node, null));
        }

        @Override
        public void refused(RpcException fault) {
            reports.connectionError(fault);
        }
    }

    private void enqueue(Notice notice) {
        while (!notices.offer(notice)) {
            notices.poll();
        }
    }

    private void await() throws InterruptedException {
        @Nullable Notice notice = notices.poll(waitingTime().toMillis(), TimeUnit.MILLISECONDS);
        if (notice == null) {
            pollAfterSilence();
        } else if (notice.head() == null) {
            subscriptionEnded(notice.node());
        } else {
            consider(notice.node(), notice.head());
        }
    }

    private Duration waitingTime() {
        return subscription == null ? rules.pollPause() : rules.silence(pace.blockTime(), fruitlessPolls);
    }

    private void subscriptionEnded(String node) {
        if (subscription != null && subscription.node().equals(node)) {
            subscription = null;
            reports.subscriptionLost(node);
        }
    }

    private void pollAfterSilence() {
        boolean found = poll();
        if (found && subscription != null) {
            // It has a head that was not announced: this subscription is not to be trusted.
            reports.silentSubscription(subscription.node());
            subscription.abandon();
            subscription = null;
        }
    }

    /** Asks for the newest block; whether it is news. */
    private boolean poll() {
        Head head = pool.ask(
                CONSUMER, List.of(RpcCalls.block(BlockTag.LATEST)), answer -> RpcDecoder.head(answer.value(0)));
        HeadChoice choice = HeadChoice.of(latest, head);
        lowerPolls = choice == HeadChoice.LOWER ? lowerPolls + 1 : 0;
        fruitlessPolls = choice == HeadChoice.ACCEPT ? 0 : fruitlessPolls + 1;
        if (choice == HeadChoice.ACCEPT || lowerPolls >= HeadRules.SHRINK_POLLS) {
            lowerPolls = 0;
            accept("poll", head);
            return true;
        }
        return false;
    }

    private void consider(String node, Head head) {
        reports.received(node, head);
        recent.add(head);
        switch (HeadChoice.of(latest, head)) {
            case ACCEPT -> accept(node, head);
            case KNOWN -> {}
            case LOWER -> lower(node, head);
        }
        fruitlessPolls = 0;
    }

    /** Nothing but lower heads means that the chain may have become shorter: only a poll can tell. */
    private void lower(String node, Head head) {
        reports.lower(node, head, latest);
        if (++lowerNotices >= HeadRules.SHRINK_POLLS) {
            lowerNotices = 0;
            lowerPolls = Math.max(lowerPolls, HeadRules.SHRINK_POLLS - 1);
            poll();
        }
    }

    private void accept(String node, Head head) {
        pace.seen(head, latest);
        lowerNotices = 0;
        latest = head;
        latestSeenNanos = time.monotonicNanos();
        reports.accepted(node, head);
        listeners.offer(head);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        listeners.close();
    }
}
