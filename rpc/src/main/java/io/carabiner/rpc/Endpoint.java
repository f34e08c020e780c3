package io.carabiner.rpc;

import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/**
 * One entry of {@code EVM.Nodes}: its connections, whether it may be used, and what was learned of it. Its answers are
 * given on only while its chain id is beyond doubt. Safe for use by many threads.
 */
final class Endpoint implements AutoCloseable {

    /**
     * The settings of an endpoint.
     *
     * @param calls where requests go: HTTP if there, else WebSocket
     * @param heads where heads are subscribed to
     * @param order the lowest is asked first
     * @param expected the chain to insist on; empty when {@code NodePool.VerifyChainID} is off
     */
    record Spec(
            String name,
            int order,
            boolean sendOnly,
            RpcTransport calls,
            Optional<WebSocketTransport> heads,
            Optional<ChainId> expected) {}

    private static final String OWN = "pool";
    private static final RpcCall SYNCING = RpcCall.of("eth_syncing");

    private final Spec spec;
    private final PoolRules rules;
    private final PoolContext pool;
    private final TimeSource time;
    private final EndpointStatus status;
    private final CallStats stats = new CallStats();
    private final Capabilities capabilities = new Capabilities();
    private final Connections connections = new Connections();
    private final ReentrantLock verifying = new ReentrantLock();
    private volatile long checkedNanos;
    private volatile boolean checked;
    private volatile String clientVersion = "";

    Endpoint(Spec spec, PoolRules rules, PoolContext pool) {
        this.spec = spec;
        this.rules = rules;
        this.pool = pool;
        this.time = pool.time();
        this.status = new EndpointStatus(rules.limits(), time, (before, now, why) -> {
            if (before != now) {
                pool.meter().transition(spec.name(), now);
            }
            pool.watch().changed(this, before, now, why);
        });
    }

    Spec spec() {
        return spec;
    }

    String name() {
        return spec.name();
    }

    EndpointStatus status() {
        return status;
    }

    CallStats stats() {
        return stats;
    }

    Capabilities capabilities() {
        return capabilities;
    }

    /** Whether it may be asked: its chain id is right, though it may lag. */
    boolean isUsable() {
        return status.state().isUsable();
    }

    /** Whether it owes an answer for too long. */
    boolean isSilent() {
        return stats.isSilent(HedgeRules.SILENCE, time.monotonicNanos());
    }

    /** What it answered to web3_clientVersion; empty if it did not. */
    String clientVersion() {
        return clientVersion;
    }

    /** From 0 to 100. */
    int score() {
        long now = time.monotonicNanos();
        return HealthScore.of(
                pool.heights().lag(name()), rules.syncThreshold(), stats.errorRate(now), stats.latency(0.5));
    }

    EndpointChoice.Standing standing(List<RpcCall> calls) {
        if (status.pause().isPresent()) {
            return EndpointChoice.Standing.PAUSED;
        }
        if (isSilent()) {
            return EndpointChoice.Standing.SILENT;
        }
        if (status.state() == EndpointState.OUT_OF_SYNC) {
            return EndpointChoice.Standing.OUT_OF_SYNC;
        }
        return capabilities.canServe(calls, time.monotonicNanos())
                ? EndpointChoice.Standing.GOOD
                : EndpointChoice.Standing.LIMITED;
    }

    /** The words under which the time of a request is filed. */
    static String kind(List<RpcCall> calls) {
        return calls.size() == 1 ? calls.getFirst().method() : "batch";
    }

    /**
     * Sends calls as one request, or as several where it takes only so many at a time.
     *
     * @throws RpcException if there is no usable answer; the state then says so too
     */
    List<RpcReply> exchange(String consumer, List<RpcCall> calls) {
        int batchMax = capabilities.batchMax(time.monotonicNanos());
        if (calls.size() <= batchMax) {
            return whole(consumer, calls);
        }
        List<RpcReply> replies = new ArrayList<>(calls.size());
        for (int from = 0; from < calls.size(); from += batchMax) {
            replies.addAll(whole(consumer, calls.subList(from, Math.min(calls.size(), from + batchMax))));
        }
        return replies;
    }

    private List<RpcReply> whole(String consumer, List<RpcCall> calls) {
        boolean withChain = spec.expected().isPresent()
                && ChainDoubt.with(calls, sinceCheck())
                && calls.size() < capabilities.batchMax(time.monotonicNanos());
        Delivery delivery = once(consumer, withChain ? with(calls, ChainCheck.CALL) : calls);
        List<RpcReply> replies = delivery.replies().subList(0, calls.size());
        if (delivery.isRefusedBatch()
                && capabilities.batchRefused(delivery.replies().size(), time.monotonicNanos())) {
            return exchange(consumer, calls);
        }
        if (withChain) {
            believe(delivery, delivery.replies().subList(calls.size(), calls.size() + 1));
        }
        return believed(calls, replies, delivery);
    }

    private static List<RpcCall> with(List<RpcCall> calls, RpcCall last) {
        List<RpcCall> all = new ArrayList<>(calls);
        all.add(last);
        return all;
    }

    /** The replies, after what they say of the chain and of the endpoint was looked at. */
    private List<RpcReply> believed(List<RpcCall> calls, List<RpcReply> replies, Delivery delivery) {
        boolean leap = BlockHeights.in(calls, replies)
                .anyMatch(number -> pool.heights().isLeap(number, time.monotonicNanos()));
        if (spec.expected().isPresent()
                && ChainDoubt.after(calls, replies, sinceCheck(), !connections.isKnown(delivery.connection()), leap)) {
            recheck(delivery);
        }
        BlockHeights.in(calls, replies).forEach(number -> pool.heights().saw(name(), number, time.monotonicNanos()));
        for (int i = 0; i < calls.size(); i++) {
            capabilities.learn(calls.get(i), replies.get(i), time.monotonicNanos());
        }
        return replies;
    }

    private Duration sinceCheck() {
        return checked ? Duration.ofNanos(time.monotonicNanos() - checkedNanos) : ChainDoubt.REGULAR;
    }

    /** Asks for the chain id, unless somebody else did since the answer came. */
    private void recheck(Delivery delivery) {
        verifying.lock();
        try {
            if (checked && checkedNanos - delivery.atNanos() >= 0) {
                connections.add(delivery.connection());
                return;
            }
            Delivery check = once(OWN, List.of(ChainCheck.CALL));
            believe(check, check.replies());
            connections.add(delivery.connection());
        } finally {
            verifying.unlock();
        }
    }

    /** Reads the answer to the question for the chain id. */
    private void believe(Delivery delivery, List<RpcReply> chainReply) {
        try {
            ChainCheck.require(spec.calls().url(), spec.expected().orElseThrow(), chainReply);
        } catch (RpcException e) {
            status.failed(e);
            throw e;
        }
        connections.add(delivery.connection());
        checkedNanos = delivery.sentNanos();
        checked = true;
    }

    private Delivery once(String consumer, List<RpcCall> calls) {
        long start = time.monotonicNanos();
        long ticket = stats.sent(start);
        boolean worked = false;
        try {
            RpcTransport.Answer answer = spec.calls().exchange(calls);
            worked = true;
            long end = time.monotonicNanos();
            stats.answered(ticket, kind(calls), end);
            status.answered();
            return new Delivery(
                    read(answer.replies()), isRefusedBatch(answer.replies()), answer.connection(), start, end);
        } catch (RpcException e) {
            if (e.fault() == RpcFault.INTERRUPTED) {
                stats.givenUp(ticket);
            } else {
                stats.failed(ticket, time.monotonicNanos());
                status.failed(e);
            }
            throw e;
        } finally {
            pool.meter()
                    .called(
                            spec.calls().url(),
                            spec.sendOnly(),
                            consumer,
                            calls,
                            time.monotonicNanos() - start,
                            worked);
        }
    }

    /** One error without an id stands for all calls of a batch: too many of them, or no batches at all. */
    private static boolean isRefusedBatch(List<RpcReply> replies) {
        RpcReply first = replies.getFirst();
        return replies.size() > 1
                && first instanceof RpcReply.Failure(RpcError error)
                && (replies.stream().allMatch(reply -> reply == first)
                        || replies.stream()
                                .allMatch(reply -> reply instanceof RpcReply.Failure failure
                                        && RpcErrors.isBatchTooLarge(failure.error())))
                && error.kind() != RpcErrorKind.ENDPOINT_TROUBLE;
    }

    private List<RpcReply> read(List<RpcReply> replies) {
        return replies.stream().map(this::read).toList();
    }

    private RpcReply read(RpcReply reply) {
        return reply instanceof RpcReply.Failure(RpcError error)
                ? new RpcReply.Failure(error.read(rules.errors()))
                : reply;
    }

    /** Whether its chain id was or now is checked; asks at most as often as the backoff allows. */
    boolean ensureUsable() {
        if (isUsable()) {
            return true;
        }
        verifying.lock();
        try {
            if (status.checkIsDue()) {
                verify();
            }
            return isUsable();
        } finally {
            verifying.unlock();
        }
    }

    private void verify() {
        try {
            if (spec.expected().isPresent()) {
                Delivery check = once(OWN, List.of(ChainCheck.CALL));
                believe(check, check.replies());
            }
            learnClient();
            boolean syncing = rules.nodeIsSyncingEnabled() && !spec.sendOnly() && isSyncing();
            pool.meter().verified(name(), !syncing);
            if (syncing) {
                status.refuted(EndpointState.SYNCING, spec.calls().url() + ": it says that it is still syncing");
            } else {
                status.verified();
            }
        } catch (RpcException e) {
            if (e.fault() == RpcFault.INTERRUPTED) {
                throw e;
            }
            pool.meter().verified(name(), false);
            boolean wrong = e.fault() == RpcFault.WRONG_CHAIN;
            status.refuted(wrong ? EndpointState.INVALID_CHAIN_ID : EndpointState.UNREACHABLE, e.words());
        }
    }

    /** An endpoint that does not know the question is taken to be in sync. */
    private boolean isSyncing() {
        return once(OWN, List.of(SYNCING)).replies().getFirst() instanceof RpcReply.Result(JsonNode answer)
                && answer.isObject();
    }

    /** Which program answers; only needed to read its error texts, so a refusal does not matter. */
    private void learnClient() {
        if (clientVersion.isEmpty()
                && once(OWN, List.of(RpcCall.of("web3_clientVersion")))
                                .replies()
                                .getFirst()
                        instanceof RpcReply.Result(JsonNode answer)) {
            clientVersion = answer.asString("");
        }
    }

    /** Checks it whenever it is not usable and the backoff has passed, until the thread is interrupted. */
    void keepChecking() throws InterruptedException {
        while (true) {
            status.awaitUnusable();
            time.sleep(status.untilCheck());
            ensureUsable();
        }
    }

    @Override
    public void close() {
        status.close();
        spec.calls().close();
        spec.heads().ifPresent(WebSocketTransport::close);
    }

    /** What came back for one request, and when. */
    private record Delivery(
            List<RpcReply> replies, boolean isRefusedBatch, String connection, long sentNanos, long atNanos) {}
}
