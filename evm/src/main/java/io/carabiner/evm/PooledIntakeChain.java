package io.carabiner.evm;

import io.carabiner.rpc.RpcAnswer;
import io.carabiner.rpc.RpcCall;
import io.carabiner.rpc.RpcPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The chain over the endpoints. A range and its headers go in one request to one endpoint, so that they fit together.
 */
final class PooledIntakeChain implements IntakeChain {

    private static final String CONSUMER = "logs";

    private final RpcPool pool;
    private final int batchMax;

    /** @param batchMax the most calls of one request, as far as they need not be answered together */
    PooledIntakeChain(RpcPool pool, int batchMax) {
        this.pool = pool;
        this.batchMax = batchMax;
    }

    @Override
    public RangeAnswer read(LogFilter filter, IntakePlan.Read range) {
        List<RpcCall> calls = new ArrayList<>();
        if (!filter.isNothing()) {
            calls.add(RpcCalls.logs(filter, range.from(), range.to()));
        }
        range.headers().forEach(number -> calls.add(RpcCalls.block(BlockTag.number(number))));
        RangeAnswer answer = pool.ask(CONSUMER, calls, reply -> decode(reply, !filter.isNothing()));
        return withHeadsOfLogs(answer);
    }

    private static RangeAnswer decode(RpcAnswer reply, boolean withLogs) {
        List<LogEntry> logs = withLogs ? RpcDecoder.logs(reply.value(0)) : List.of();
        return new RangeAnswer(logs, heads(reply, withLogs ? 1 : 0));
    }

    private static Map<Long, Head> heads(RpcAnswer reply, int firstCall) {
        Map<Long, Head> heads = new HashMap<>();
        for (int call = firstCall; call < reply.replies().size(); call++) {
            JsonNode block = reply.value(call);
            if (!block.isNull()) {
                Head head = RpcDecoder.head(block);
                heads.put(head.number(), head);
            }
        }
        return heads;
    }

    /** Far behind the head only the range's ends were asked for; subscribers want the header of every event. */
    private RangeAnswer withHeadsOfLogs(RangeAnswer answer) {
        TreeSet<Long> missing = new TreeSet<>();
        answer.logs().stream()
                .map(LogEntry::blockNumber)
                .filter(number -> !answer.heads().containsKey(number))
                .forEach(missing::add);
        if (missing.isEmpty()) {
            return answer;
        }
        Map<Long, Head> heads = new HashMap<>(answer.heads());
        heads.putAll(headers(missing));
        return new RangeAnswer(answer.logs(), heads);
    }

    @Override
    public Map<Long, Head> headers(Collection<Long> numbers) {
        List<RpcCall> calls = numbers.stream()
                .map(number -> RpcCalls.block(BlockTag.number(number)))
                .toList();
        Map<Long, Head> heads = new HashMap<>();
        for (int from = 0; from < calls.size(); from += batchMax) {
            List<RpcCall> part = calls.subList(from, Math.min(calls.size(), from + batchMax));
            heads.putAll(pool.ask(CONSUMER, part, reply -> heads(reply, 0)));
        }
        return heads;
    }
}
