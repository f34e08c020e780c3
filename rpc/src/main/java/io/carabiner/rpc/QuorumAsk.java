package io.carabiner.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The same calls to two endpoints, and to a third one where the two differ. */
final class QuorumAsk {

    private static final int FIRST_ASKED = 2;

    private final EndpointPool pool;

    QuorumAsk(EndpointPool pool) {
        this.pool = pool;
    }

    /**
     * What the endpoints say to each call.
     *
     * @param decoder reads a result
     * @param essence what must be equal for two answers to be the same
     */
    <T> List<Quorum<T>> ask(
            String consumer, List<RpcCall> calls, Function<JsonNode, T> decoder, Function<T, ?> essence) {
        List<Endpoint> readers = EndpointPool.unpaused(pool.readers(calls)).stream()
                .filter(endpoint -> !endpoint.isSilent())
                .toList();
        if (readers.size() < FIRST_ASKED) {
            return alone(consumer, calls, decoder);
        }
        List<RpcAnswer> answers = answers(readers.subList(0, FIRST_ASKED), consumer, calls);
        if (answers.isEmpty()) {
            return alone(consumer, calls, decoder);
        }
        List<Quorum<T>> counted = IntStream.range(0, calls.size())
                .mapToObj(call -> Quorum.of(readings(answers, call, decoder), essence))
                .toList();
        List<Quorum<T>> settled = readers.size() > FIRST_ASKED
                ? settled(consumer, calls, decoder, essence, counted, readers.get(FIRST_ASKED))
                : counted;
        report(calls, settled);
        return settled;
    }

    private <T> void report(List<RpcCall> calls, List<Quorum<T>> said) {
        for (int call = 0; call < calls.size(); call++) {
            if (said.get(call) instanceof Quorum.Split<T>(List<NodeAnswer<T>> answers)) {
                String method = calls.get(call).method();
                List<String> nodes = answers.stream().map(NodeAnswer::node).toList();
                pool.context().meter().disagreed(method);
                pool.context().watch().disagree(method, nodes);
            }
        }
    }

    private <T> List<Quorum<T>> alone(String consumer, List<RpcCall> calls, Function<JsonNode, T> decoder) {
        return pool.ask(consumer, calls, answer -> IntStream.range(0, calls.size())
                .<Quorum<T>>mapToObj(call -> new Quorum.Alone<>(decoder.apply(answer.value(call))))
                .toList());
    }

    /** The third endpoint's voice where two differ. */
    private <T> List<Quorum<T>> settled(
            String consumer,
            List<RpcCall> calls,
            Function<JsonNode, T> decoder,
            Function<T, ?> essence,
            List<Quorum<T>> counted,
            Endpoint third) {
        List<Integer> open = IntStream.range(0, calls.size())
                .filter(call -> counted.get(call) instanceof Quorum.Split<T>)
                .boxed()
                .toList();
        if (open.isEmpty()) {
            return counted;
        }
        List<RpcAnswer> answers =
                answers(List.of(third), consumer, open.stream().map(calls::get).toList());
        List<Quorum<T>> settled = new ArrayList<>(counted);
        for (int i = 0; i < open.size(); i++) {
            if (counted.get(open.get(i)) instanceof Quorum.Split<T>(List<NodeAnswer<T>> two)) {
                List<NodeAnswer<T>> all = new ArrayList<>(two);
                all.addAll(readings(answers, i, decoder));
                settled.set(open.get(i), Quorum.of(all, essence));
            }
        }
        return settled;
    }

    /** What each endpoint says to a call; a refusal or a malformed result is no voice. */
    private static <T> List<NodeAnswer<T>> readings(List<RpcAnswer> answers, int call, Function<JsonNode, T> decoder) {
        List<NodeAnswer<T>> readings = new ArrayList<>();
        for (RpcAnswer answer : answers) {
            reading(answer, call, decoder).ifPresent(readings::add);
        }
        return readings;
    }

    private static <T> Optional<NodeAnswer<T>> reading(RpcAnswer answer, int call, Function<JsonNode, T> decoder) {
        try {
            return Optional.of(new NodeAnswer<>(answer.node(), decoder.apply(answer.value(call))));
        } catch (RpcException e) {
            // If no endpoint gives a usable one, the caller sees silence.
            return Optional.empty();
        }
    }

    /** All at once; an endpoint without a usable answer is left out. */
    private static List<RpcAnswer> answers(List<Endpoint> endpoints, String consumer, List<RpcCall> calls) {
        BlockingQueue<List<RpcAnswer>> ended = new LinkedBlockingQueue<>();
        endpoints.forEach(endpoint -> Thread.ofVirtual()
                .name("rpc-quorum-" + endpoint.name())
                .start(() -> ended.add(answer(endpoint, consumer, calls))));
        List<RpcAnswer> answers = new ArrayList<>();
        try {
            for (int i = 0; i < endpoints.size(); i++) {
                // One answer is waited for as long as it takes; the other one then comes soon or counts as silent.
                @Nullable
                List<RpcAnswer> next = answers.isEmpty()
                        ? ended.take()
                        : ended.poll(HedgeRules.SILENCE.toMillis(), TimeUnit.MILLISECONDS);
                answers.addAll(next == null ? List.of() : next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RpcException(RpcFault.INTERRUPTED, "told to stop while waiting for answers", e);
        }
        return answers;
    }

    private static List<RpcAnswer> answer(Endpoint endpoint, String consumer, List<RpcCall> calls) {
        try {
            return List.of(new RpcAnswer(endpoint.name(), endpoint.exchange(consumer, calls)));
        } catch (RpcException e) {
            // The endpoint's state says so now; the others are heard without it.
            return List.of();
        }
    }
}
