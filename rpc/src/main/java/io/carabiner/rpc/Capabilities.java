package io.carabiner.rpc;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an endpoint can do, learned from its answers to calls that were made anyway. What it refused is tried again
 * after {@link #FORGET_AFTER}, since providers change their plans. Thread-safe.
 */
final class Capabilities {

    /** How long a refusal is remembered. */
    static final Duration FORGET_AFTER = Duration.ofHours(1);

    private static final int UNLIMITED = Integer.MAX_VALUE;

    // Guarded by this.
    private int batchMax = UNLIMITED;
    private long logRangeMax = Long.MAX_VALUE;
    private long refusedAtNanos;
    private Optional<Boolean> finalityTag = Optional.empty();
    private Optional<Boolean> bloom = Optional.empty();

    synchronized EndpointReport.Learned known() {
        return new EndpointReport.Learned(
                batchMax == UNLIMITED ? Optional.empty() : Optional.of(batchMax),
                logRangeMax == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(logRangeMax),
                finalityTag,
                bloom);
    }

    /** The most calls to put into one request. */
    synchronized int batchMax(long nowNanos) {
        forget(nowNanos);
        return batchMax;
    }

    private void forget(long nowNanos) {
        if (nowNanos - refusedAtNanos > FORGET_AFTER.toNanos()) {
            batchMax = UNLIMITED;
            logRangeMax = Long.MAX_VALUE;
        }
    }

    /** A request of so many calls was refused for that; whether half as many may work. */
    synchronized boolean batchRefused(int calls, long nowNanos) {
        if (calls < 2) {
            return false;
        }
        batchMax = Math.max(1, calls / 2);
        refusedAtNanos = nowNanos;
        return true;
    }

    /** Whether nothing is known that speaks against this request. */
    synchronized boolean canServe(List<RpcCall> calls, long nowNanos) {
        forget(nowNanos);
        return calls.stream().allMatch(call -> logRange(call).orElse(0) <= logRangeMax);
    }

    /** Learns from what came back. */
    synchronized void learn(RpcCall call, RpcReply reply, long nowNanos) {
        switch (call.method()) {
            case "eth_getLogs" -> learnRange(call, reply, nowNanos);
            case "eth_getBlockByNumber" -> learnBlock(call, reply);
            default -> {}
        }
    }

    private void learnRange(RpcCall call, RpcReply reply, long nowNanos) {
        long range = logRange(call).orElse(0);
        boolean tooMuch =
                reply instanceof RpcReply.Failure failure && failure.error().kind() == RpcErrorKind.TOO_MANY_RESULTS;
        if (tooMuch && range > 1) {
            logRangeMax = Math.min(logRangeMax, range - 1);
            refusedAtNanos = nowNanos;
        }
    }

    private void learnBlock(RpcCall call, RpcReply reply) {
        boolean finalized = !call.params().isEmpty() && call.params().getFirst().equals("finalized");
        switch (reply) {
            case RpcReply.Result(JsonNode block) -> {
                if (finalized) {
                    finalityTag = Optional.of(!block.isNull());
                }
                learnBloom(block.path("logsBloom"));
            }
            case RpcReply.Failure failure -> {
                if (finalized && failure.error().kind() == RpcErrorKind.CALL) {
                    finalityTag = Optional.of(false);
                }
            }
            case RpcReply.Missing missing -> {}
        }
    }

    private void learnBloom(JsonNode value) {
        if (value.isString()) {
            boolean filled = value.asString().chars().skip(2).anyMatch(digit -> digit != '0');
            bloom = Optional.of(filled || bloom.orElse(false));
        }
    }

    /** The number of blocks that a call for logs covers; empty for other calls and for tags. */
    static OptionalLong logRange(RpcCall call) {
        if (!call.method().equals("eth_getLogs")
                || call.params().isEmpty()
                || !(call.params().getFirst() instanceof java.util.Map<?, ?> query)) {
            return OptionalLong.empty();
        }
        OptionalLong from = number(query.get("fromBlock"));
        OptionalLong to = number(query.get("toBlock"));
        return from.isPresent() && to.isPresent()
                ? OptionalLong.of(to.getAsLong() - from.getAsLong() + 1)
                : OptionalLong.empty();
    }

    private static OptionalLong number(@Nullable Object value) {
        return value instanceof String text && text.matches("0x[0-9a-fA-F]{1,15}")
                ? OptionalLong.of(Long.parseLong(text.substring(2), 16))
                : OptionalLong.empty();
    }
}
