package io.carabiner.rpc;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks after the endpoints of one chain on a thread of its own: which of them lag, which are dead for too long, and
 * whether the subscription is at a good one. It asks an endpoint only when nothing else did for long.
 */
final class PoolWatch {

    /** How often the endpoints are looked at; that costs no call by itself. */
    static final Duration TICK = Duration.ofSeconds(1);

    /** An endpoint that is not asked otherwise is asked for its height once in so many blocks. */
    static final int BLOCKS_PER_PROBE = 10;

    /** Without a higher block for so many usual block times, the endpoints are compared. */
    private static final int STALL_BLOCK_TIMES = 2;

    private static final Duration STALL_MIN = Duration.ofSeconds(2);
    private static final Duration STALL_MAX = Duration.ofMinutes(1);
    private static final Duration PROBE_WAIT_MAX = Duration.ofSeconds(2);
    private static final String CONSUMER = "pool";

    private final EndpointPool pool;
    private final PoolRules rules;
    private final Heights heights;
    private final TimeSource time;
    private final Subscriptions subscriptions;
    private final DeathReports deaths;
    private final RpcBudget budget;
    private final Thread thread;

    // Of the watch's thread alone.
    private long probedNanos;
    private long stalls;
    private boolean finalizedNext;

    PoolWatch(EndpointPool pool, Subscriptions subscriptions, DeathReports deaths, RpcBudget budget) {
        this.pool = pool;
        this.rules = pool.rules();
        this.heights = pool.context().heights();
        this.time = pool.context().time();
        this.subscriptions = subscriptions;
        this.deaths = deaths;
        this.budget = budget;
        this.thread = Thread.ofVirtual().name("rpc-" + pool.chain() + "-watch").unstarted(this::run);
        this.probedNanos = time.monotonicNanos();
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                time.sleep(TICK);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look at everything. */
    void look() throws InterruptedException {
        List<Endpoint> readers = pool.allReaders();
        List<Endpoint> usable = readers.stream().filter(Endpoint::isUsable).toList();
        if (rules.pollInterval().isPositive() && usable.size() > 1 && budget.allowsDeferrable()) {
            probe(usable);
        }
        usable.forEach(this::judgeLag);
        subscriptions.supervise(time.monotonicNanos());
        deaths.look(readers);
    }

    private void probe(List<Endpoint> usable) throws InterruptedException {
        long now = time.monotonicNanos();
        if (isStalled(now)) {
            stalls++;
            probedNanos = now;
            probeAll(usable, false);
        } else if (now - probedNanos >= probeInterval().toNanos()) {
            probedNanos = now;
            Duration recent = heights.blockTime().multipliedBy(3);
            List<Endpoint> unheard = usable.stream()
                    .filter(endpoint -> !heights.isKnownSince(endpoint.name(), recent, now))
                    .toList();
            finalizedNext = rules.finalizedPoll() && !finalizedNext;
            probeAll(unheard, finalizedNext);
        }
    }

    private Duration probeInterval() {
        Duration blocks = heights.blockTime().multipliedBy(BLOCKS_PER_PROBE);
        return blocks.compareTo(rules.pollInterval()) > 0 ? blocks : rules.pollInterval();
    }

    /** No block for too long: perhaps the endpoint that tells of blocks has stopped. Asked less and less often. */
    private boolean isStalled(long now) {
        Duration since = heights.sinceBest(now);
        Duration blocks = heights.blockTime().multipliedBy(STALL_BLOCK_TIMES);
        Duration patience = blocks.compareTo(STALL_MIN) > 0 ? blocks : STALL_MIN;
        if (heights.best().isEmpty() || since.compareTo(patience) < 0) {
            stalls = 0;
            return false;
        }
        Duration again = patience.multipliedBy(1L << Math.min(stalls, 10));
        Duration wait = again.compareTo(STALL_MAX) < 0 ? again : STALL_MAX;
        return stalls == 0 || now - probedNanos >= wait.toNanos();
    }

    /** All at once; waits for the answers, but not for long. */
    private void probeAll(List<Endpoint> endpoints, boolean forFinalized) throws InterruptedException {
        RpcCall call =
                forFinalized ? RpcCall.of("eth_getBlockByNumber", "finalized", false) : RpcCall.of("eth_blockNumber");
        CountDownLatch answered = new CountDownLatch(endpoints.size());
        List<String> names = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            names.add(endpoint.name());
            Thread.ofVirtual().name("rpc-probe-" + endpoint.name()).start(() -> probeOne(endpoint, call, answered));
        }
        boolean all = answered.await(PROBE_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        heights.judge(all && names.size() == pool.allReaders().size(), PROBE_WAIT_MAX, time.monotonicNanos());
    }

    /** The answer's height is noted on its way; a fault is in the endpoint's state. */
    private static void probeOne(Endpoint endpoint, RpcCall call, CountDownLatch answered) {
        try {
            endpoint.exchange(CONSUMER, List.of(call));
        } catch (RpcException e) {
            // Nobody waits for the answer itself.
        } finally {
            answered.countDown();
        }
    }

    private void judgeLag(Endpoint endpoint) {
        long lag = heights.lag(endpoint.name());
        boolean tooMuch = rules.syncThreshold() > 0 && lag > rules.syncThreshold();
        endpoint.status()
                .lags(
                        tooMuch,
                        endpoint.spec().calls().url() + ": is " + lag
                                + " blocks behind the best endpoint (SyncThreshold " + rules.syncThreshold()
                                + "); it is asked only if no other one is there");
    }
}
