package io.carabiner.rpc;

import io.carabiner.primitives.ChainId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of one chain. A read is asked of one endpoint after another, in the order of the configuration, until
 * one gives a usable answer. Safe for use by many threads.
 */
final class EndpointPool implements AutoCloseable {

    /** A connection that broke while idle looks like an endpoint that is down: so the round is made twice. */
    private static final int ROUNDS_MAX = 2;

    private final ChainId chain;
    private final List<Endpoint> endpoints;
    private final List<Thread> checkers = new ArrayList<>();

    EndpointPool(ChainId chain, List<Endpoint> endpoints) {
        this.chain = chain;
        this.endpoints = endpoints.stream()
                .sorted(Comparator.comparingInt(endpoint -> endpoint.spec().order()))
                .toList();
    }

    /** Starts checking the endpoints; without it they are checked when they are needed. */
    void start() {
        for (Endpoint endpoint : endpoints) {
            checkers.add(Thread.ofVirtual()
                    .name("evm-" + chain + "-check-" + endpoint.name())
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

    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Those that may be asked now, best first. */
    List<Endpoint> readers() {
        List<Endpoint> all =
                endpoints.stream().filter(e -> !e.spec().sendOnly()).toList();
        List<Endpoint> alive = all.stream().filter(Endpoint::isAlive).toList();
        if (alive.isEmpty()) {
            alive = all.stream().filter(Endpoint::ensureAlive).toList();
        }
        return alive.stream().sorted(Comparator.comparing(Endpoint::isPaused)).toList();
    }

    /** Those that take transactions now: the readers and the send-only ones. */
    List<Endpoint> senders() {
        List<Endpoint> senders = new ArrayList<>(readers());
        endpoints.stream().filter(e -> e.spec().sendOnly() && e.ensureAlive()).forEach(senders::add);
        return senders;
    }

    /**
     * Asks all calls of the same endpoint, so that the answers fit together, and the next one if the answers cannot be
     * used.
     *
     * @param reader turns the replies into what the caller wants; it throws {@link RpcException} if it cannot
     */
    <T> T ask(String consumer, List<RpcCall> calls, Function<RpcAnswer, T> reader) {
        List<RpcException> faults = new ArrayList<>();
        for (int round = 0; round < ROUNDS_MAX && !nothingChangesBy(faults); round++) {
            for (Endpoint endpoint : readers()) {
                try {
                    return reader.apply(new RpcAnswer(endpoint.name(), endpoint.exchange(consumer, calls)));
                } catch (RpcException e) {
                    if (isFinal(e)) {
                        throw e;
                    }
                    faults.add(e);
                }
            }
        }
        throw noAnswer(faults);
    }

    /** A second round only helps against broken connections. */
    private static boolean nothingChangesBy(List<RpcException> faults) {
        return !faults.isEmpty() && faults.stream().noneMatch(fault -> fault.fault() == RpcFault.UNREACHABLE);
    }

    private static boolean isFinal(RpcException e) {
        return e.fault() == RpcFault.INTERRUPTED
                || (e instanceof RpcErrorException error
                        && (RpcErrors.isTooManyResults(error.error()) || !RpcErrors.isEndpointTrouble(error.error())));
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
        String each = endpoints.stream()
                .filter(e -> !e.spec().sendOnly())
                .map(e -> e.problem().isEmpty() ? e.name() + ": " + e.state().word() : e.problem())
                .collect(Collectors.joining("; "));
        return "no live nodes available for chain " + chain + (each.isEmpty() ? "" : ": " + each);
    }

    @Override
    public void close() {
        checkers.forEach(Thread::interrupt);
        endpoints.forEach(Endpoint::close);
    }
}
