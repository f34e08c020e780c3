package io.carabiner.rpc;

import io.carabiner.primitives.ChainId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of one chain. For each read it is chosen anew which one is asked first. Safe for use by many threads.
 */
final class EndpointPool implements AutoCloseable {

    /** A connection that broke while idle looks like an endpoint that is down: so the round is made twice. */
    private static final int ROUNDS_MAX = 2;

    private final ChainId chain;
    private final List<Endpoint> endpoints;
    private final PoolRules rules;
    private final PoolContext context;
    private final HedgeRules hedges;
    private final FinalizedReads finalized = new FinalizedReads();
    private final AtomicLong turn = new AtomicLong();
    private final List<Thread> checkers = new ArrayList<>();

    /** @param endpoints in the order of the configuration */
    EndpointPool(ChainId chain, List<Endpoint> endpoints, PoolRules rules, PoolContext context, RpcBudget budget) {
        this.chain = chain;
        this.endpoints = List.copyOf(endpoints);
        this.rules = rules;
        this.context = context;
        this.hedges = new HedgeRules(budget::allowsDeferrable);
    }

    /** Starts checking the endpoints; without it they are checked when they are needed. */
    void start() {
        for (Endpoint endpoint : endpoints) {
            checkers.add(Thread.ofVirtual()
                    .name("rpc-" + chain + "-check-" + endpoint.name())
                    .start(() -> {
                        try {
                            endpoint.keepChecking();
                        } catch (InterruptedException | RpcException e) {
                            Thread.currentThread().interrupt();
                        }
                    }));
        }
    }

    ChainId chain() {
        return chain;
    }

    PoolRules rules() {
        return rules;
    }

    PoolContext context() {
        return context;
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Those that answer reads, usable or not, in the order of the configuration. */
    List<Endpoint> allReaders() {
        return endpoints.stream().filter(e -> !e.spec().sendOnly()).toList();
    }

    /** Those that may be asked this now, best first. */
    List<Endpoint> readers(List<RpcCall> calls) {
        List<EndpointChoice.Candidate<Endpoint>> candidates = new ArrayList<>();
        for (Endpoint endpoint : usableReaders()) {
            candidates.add(new EndpointChoice.Candidate<>(
                    endpoint, endpoint.spec().order(), endpoint.standing(calls), endpoint.score()));
        }
        return EndpointChoice.order(candidates, rules.mode(), turn.getAndIncrement());
    }

    private List<Endpoint> usableReaders() {
        List<Endpoint> usable = allReaders().stream().filter(Endpoint::isUsable).toList();
        return usable.isEmpty() ? checkedNow(allReaders()) : usable;
    }

    /** Checks all at once those whose check is due, until the first turns out to be usable. */
    private static List<Endpoint> checkedNow(List<Endpoint> all) {
        List<Endpoint> due = all.stream().filter(e -> e.status().checkIsDue()).toList();
        BlockingQueue<Boolean> done = new LinkedBlockingQueue<>();
        due.forEach(endpoint ->
                Thread.ofVirtual().name("rpc-check-" + endpoint.name()).start(() -> done.add(endpoint.ensureUsable())));
        try {
            for (int i = 0; i < due.size() && !done.take(); i++) {
                // The next one may be usable.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RpcException(RpcFault.INTERRUPTED, "told to stop while endpoints were checked", e);
        }
        return all.stream().filter(Endpoint::isUsable).toList();
    }

    /** Those that take transactions now: the readers and the send-only ones. */
    List<Endpoint> senders() {
        List<Endpoint> senders = new ArrayList<>(usableReaders());
        endpoints.stream().filter(e -> e.spec().sendOnly() && e.ensureUsable()).forEach(senders::add);
        return senders;
    }

    /**
     * Asks all calls of the same endpoint, so that the answers fit together, and the next one if the answers cannot be
     * used or do not come.
     *
     * @param reader turns the replies into what the caller wants; it throws {@link RpcException} if it cannot
     */
    <T> T ask(String consumer, List<RpcCall> calls, Function<RpcAnswer, T> reader) {
        List<RpcException> faults = new ArrayList<>();
        for (int round = 0; round < ROUNDS_MAX && !nothingChangesBy(faults); round++) {
            List<Endpoint> readers = unpaused(readers(calls));
            if (readers.isEmpty()) {
                break;
            }
            Function<RpcAnswer, T> checked =
                    rules.repeatableRead() && readers.size() > 1 ? finalized.refusingLower(calls, reader) : reader;
            HedgedAsk<T> ask = new HedgedAsk<>(consumer, calls, checked, hedges, context.time(), context.meter());
            Optional<T> answer = ask.of(readers);
            if (answer.isPresent()) {
                return answer.get();
            }
            faults.addAll(ask.faults());
        }
        throw noAnswer(faults);
    }

    /** Without those that asked to be left alone; if all did, that is the answer. */
    static List<Endpoint> unpaused(List<Endpoint> readers) {
        List<Endpoint> free =
                readers.stream().filter(e -> e.status().pause().isEmpty()).toList();
        if (free.isEmpty() && !readers.isEmpty()) {
            Endpoint first = readers.getFirst();
            Duration pause = first.status().pause().orElse(Duration.ZERO);
            throw first.spec()
                    .calls()
                    .url()
                    .fault(
                            RpcFault.RATE_LIMITED,
                            "it asked to be left alone for another " + Math.max(1, pause.toSeconds())
                                    + " s, and no other endpoint is there. If this stays, raise the plan at the"
                                    + " provider or add another endpoint");
        }
        return free;
    }

    /** A second round only helps against broken connections. */
    private static boolean nothingChangesBy(List<RpcException> faults) {
        return !faults.isEmpty() && faults.stream().noneMatch(fault -> fault.fault() == RpcFault.UNREACHABLE);
    }

    private RpcException noAnswer(List<RpcException> faults) {
        @Nullable RpcException last = faults.isEmpty() ? null : faults.getLast();
        if (last != null
                && faults.stream().map(Throwable::getMessage).distinct().count() == 1) {
            return last;
        }
        if (last == null) {
            return new RpcException(RpcFault.NO_ENDPOINT, noLiveNodes());
        }
        RpcException all = new RpcException(
                last.fault(),
                faults.stream().map(Throwable::getMessage).distinct().collect(Collectors.joining("; ")),
                last);
        faults.forEach(all::addSuppressed);
        return all;
    }

    /** The Go node's words first, then each endpoint's trouble. */
    private String noLiveNodes() {
        String each = allReaders().stream()
                .map(e -> e.status().problem().isEmpty()
                        ? e.name() + ": " + e.status().state().word()
                        : e.status().problem())
                .collect(Collectors.joining("; "));
        return "no live nodes available for chain " + chain + (each.isEmpty() ? "" : ": " + each);
    }

    @Override
    public void close() {
        checkers.forEach(Thread::interrupt);
        endpoints.forEach(Endpoint::close);
    }
}
