package io.carabiner.rpc;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * {@code NodePool.EnforceRepeatableRead}: what was given as final stays final. An endpoint that says a lower finalized
 * block than one that was given before is behind; its answer is not taken while there is another endpoint. Thread-safe.
 */
final class FinalizedReads {

    private static final String TAG = "finalized";

    private final AtomicLong highest = new AtomicLong(-1);

    /** The reader, but for answers that go back. */
    <T> Function<RpcAnswer, T> refusingLower(List<RpcCall> calls, Function<RpcAnswer, T> reader) {
        int call = place(calls);
        return call < 0
                ? reader
                : answer -> {
                    refuseLower(answer, call);
                    return reader.apply(answer);
                };
    }

    private static int place(List<RpcCall> calls) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).method().equals("eth_getBlockByNumber")
                    && calls.get(i).params().getFirst().equals(TAG)) {
                return i;
            }
        }
        return -1;
    }

    private void refuseLower(RpcAnswer answer, int call) {
        JsonNode block = answer.value(call);
        if (block.isNull()) {
            return;
        }
        long number = JsonFields.number(block, "number");
        long known = highest.accumulateAndGet(number, Math::max);
        if (number < known) {
            throw new RpcException(
                    RpcFault.STALE,
                    "RPC endpoint " + answer.node() + " says that block " + number + " is final, but block " + known
                            + " was already; another endpoint is asked");
        }
    }
}
