package io.carabiner.rpc;

import io.carabiner.primitives.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends transactions to all endpoints at once and sums up what they say: one that took it is enough. An endpoint that
 * answers after the others goes on in the background. Safe for use by many threads.
 */
final class Broadcast {

    /** How long the others may still answer after the first answer, if that was not a success for all. */
    private static final long AFTER_FIRST_MILLIS = 2_000;

    private final EndpointPool pool;
    private final SendErrors errors;
    private final RpcMeter meter;

    Broadcast(EndpointPool pool, SendErrors errors, RpcMeter meter) {
        this.pool = pool;
        this.errors = errors;
        this.meter = meter;
    }

    List<SendOutcome> send(String consumer, List<Bytes> signed) {
        List<Endpoint> senders = pool.senders();
        if (senders.isEmpty()) {
            return repeated(
                    new SendOutcome.Retryable("no live nodes available for chain " + pool.chain()), signed.size());
        }
        List<RpcCall> calls = signed.stream()
                .map(raw -> RpcCall.of("eth_sendRawTransaction", raw.toString()))
                .toList();
        if (senders.size() == 1) {
            return sendTo(senders.getFirst(), consumer, calls);
        }
        BlockingQueue<List<SendOutcome>> answers = new ArrayBlockingQueue<>(senders.size());
        for (Endpoint sender : senders) {
            Thread.ofVirtual()
                    .name("evm-send-" + sender.name())
                    .start(() -> answers.add(sendTo(sender, consumer, calls)));
        }
        return collect(answers, senders.size(), signed.size());
    }

    private List<SendOutcome> sendTo(Endpoint sender, String consumer, List<RpcCall> calls) {
        try {
            List<SendOutcome> outcomes = new ArrayList<>(calls.size());
            for (RpcReply reply : sender.exchange(consumer, calls)) {
                outcomes.add(outcome(sender, reply));
            }
            return outcomes;
        } catch (RpcException e) {
            return repeated(new SendOutcome.Retryable(String.valueOf(e.getMessage())), calls.size());
        }
    }

    private SendOutcome outcome(Endpoint sender, RpcReply reply) {
        return switch (reply) {
            case RpcReply.Result result -> new SendOutcome.Accepted();
            case RpcReply.Failure failure -> errors.read(failure.error(), sender.clientVersion());
            case RpcReply.Missing missing ->
                new SendOutcome.Retryable("RPC endpoint " + sender.name() + " left out the answer");
        };
    }

    private List<SendOutcome> collect(BlockingQueue<List<SendOutcome>> answers, int endpoints, int transactions) {
        @Nullable List<SendOutcome> sum = null;
        try {
            for (int answered = 0; answered < endpoints; answered++) {
                @Nullable
                List<SendOutcome> next =
                        sum == null ? answers.take() : answers.poll(AFTER_FIRST_MILLIS, TimeUnit.MILLISECONDS);
                if (next == null) {
                    break;
                }
                sum = sum == null ? next : sumUp(sum, next);
                if (sum.stream().allMatch(Broadcast::taken)) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return sum == null ? repeated(new SendOutcome.Retryable("told to stop while sending"), transactions) : sum;
    }

    private List<SendOutcome> sumUp(List<SendOutcome> one, List<SendOutcome> other) {
        List<SendOutcome> sum = new ArrayList<>(one.size());
        for (int i = 0; i < one.size(); i++) {
            sum.add(better(one.get(i), other.get(i)));
            if (contradicts(one.get(i), other.get(i)) || contradicts(other.get(i), one.get(i))) {
                meter.disagreement();
            }
        }
        return sum;
    }

    private static boolean contradicts(SendOutcome one, SendOutcome other) {
        return taken(one) && isHopeless(other);
    }

    static SendOutcome better(SendOutcome one, SendOutcome other) {
        return rank(one) <= rank(other) ? one : other;
    }

    private static boolean taken(SendOutcome outcome) {
        return rank(outcome) <= 1;
    }

    private static boolean isHopeless(SendOutcome outcome) {
        return outcome instanceof SendOutcome.Fatal || outcome instanceof SendOutcome.TerminallyStuck;
    }

    /**
     * Success first, then what says most about the transaction itself, then what says only something of an endpoint.
     */
    private static int rank(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted a -> 0;
            case SendOutcome.AlreadyKnown a -> 1;
            case SendOutcome.LimitReached l -> 2;
            case SendOutcome.NonceTooLow n -> 3;
            case SendOutcome.ReplacementUnderpriced r -> 4;
            case SendOutcome.Fatal f -> 5;
            case SendOutcome.TerminallyStuck t -> 6;
            case SendOutcome.Underpriced u -> 7;
            case SendOutcome.FeeOutOfRange f -> 8;
            case SendOutcome.FeeCapExceeded f -> 9;
            case SendOutcome.InsufficientFunds i -> 10;
            case SendOutcome.Unknown u -> 11;
            case SendOutcome.NonceTooHigh n -> 12;
            case SendOutcome.Retryable r -> 13;
        };
    }

    private static List<SendOutcome> repeated(SendOutcome outcome, int times) {
        List<SendOutcome> all = new ArrayList<>(times);
        for (int i = 0; i < times; i++) {
            all.add(outcome);
        }
        return all;
    }
}
