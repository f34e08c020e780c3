package io.carabiner.evm;

import io.carabiner.crypto.Keccak256;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import io.carabiner.rpc.RpcAnswer;
import io.carabiner.rpc.RpcCall;
import io.carabiner.rpc.RpcException;
import io.carabiner.rpc.RpcFault;
import io.carabiner.rpc.RpcPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The chain over the endpoints. A range and its headers go in one request to one endpoint, so that they fit together.
 * {@link #headers} is for any thread, the rest for one.
 */
final class PooledIntakeChain implements IntakeChain {

    private static final String CONSUMER = "logs";

    /** The hash of no block. */
    private static final Hash32 NO_BLOCK = Keccak256.hashText("carabiner: no block has this hash");

    /** After so many refusals in a row blocks are not asked for by hash any more. */
    private static final int REFUSED_MAX = 8;

    /** Whether the events of a block can be asked for by its hash. */
    private enum ByHash {
        UNTRIED,
        WORKS,
        USELESS
    }

    private final RpcPool pool;
    private final int batchMax;
    private ByHash byHash = ByHash.UNTRIED;
    private int byHashRefused;

    /** @param batchMax the most calls of one request, as far as they need not be answered together */
    PooledIntakeChain(RpcPool pool, int batchMax) {
        this.pool = pool;
        this.batchMax = batchMax;
    }

    @Override
    public RangeAnswer read(LogFilter filter, IntakePlan.Read range, boolean headersOfLogs) {
        List<RpcCall> calls = new ArrayList<>();
        if (!filter.isNothing()) {
            calls.add(RpcCalls.logs(filter, range.from(), range.to()));
        }
        range.headers().forEach(number -> calls.add(RpcCalls.block(BlockTag.number(number))));
        RangeAnswer answer = pool.ask(CONSUMER, calls, reply -> decode(reply, !filter.isNothing()));
        return headersOfLogs ? withHeadsOfLogs(answer) : answer;
    }

    @Override
    public Optional<List<LogEntry>> logsOf(LogFilter filter, Head block) {
        if (byHash == ByHash.USELESS) {
            return Optional.empty();
        }
        try {
            List<LogEntry> logs = askByHash(filter, block.hash());
            byHashRefused = 0;
            return logs.isEmpty() && !unknownBlocksAreErrors() ? Optional.empty() : Optional.of(logs);
        } catch (RpcException e) {
            requireRefusal(e);
            // The endpoint does not have the block yet, or does not know this way of asking.
            byHash = ++byHashRefused >= REFUSED_MAX ? ByHash.USELESS : byHash;
            return Optional.empty();
        }
    }

    private List<LogEntry> askByHash(LogFilter filter, Hash32 block) {
        return pool.ask(CONSUMER, List.of(RpcCalls.logs(filter, block)), reply -> RpcDecoder.logs(reply.value(0)));
    }

    /** Whether no events means that there are none: asked once, for a block that does not exist. */
    private boolean unknownBlocksAreErrors() {
        if (byHash == ByHash.UNTRIED) {
            try {
                List<LogEntry> _ = askByHash(LogFilter.of(Set.of(Address.ZERO), Set.of()), NO_BLOCK);
                byHash = ByHash.USELESS;
            } catch (RpcException e) {
                requireRefusal(e);
                byHash = ByHash.WORKS;
            }
        }
        return byHash == ByHash.WORKS;
    }

    private static void requireRefusal(RpcException e) {
        if (e.fault() != RpcFault.ERROR_OBJECT) {
            throw e;
        }
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
