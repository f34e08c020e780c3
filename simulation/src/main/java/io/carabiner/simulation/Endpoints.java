package io.carabiner.simulation;

import io.carabiner.evm.Head;
import io.carabiner.evm.LogEntry;
import io.carabiner.evm.LogFilter;
import io.carabiner.evm.SimulatedIntake;
import io.carabiner.rpc.RpcError;
import io.carabiner.rpc.RpcErrorException;
import io.carabiner.rpc.RpcException;
import io.carabiner.rpc.RpcFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/** What the node's endpoints say of the chain, with the faults of a seed. */
final class Endpoints implements SimulatedIntake.Source {

    /** An endpoint is never further behind than this. */
    static final int LAG_MAX = 5;

    private static final int LOG_RESULTS_MAX = 4;

    private final Random random;
    private final TrueChain chain;
    private final boolean bloomFilled;
    private final Set<EndpointTrouble> kinds;
    private int percent;
    private int liesInARow;

    Endpoints(Random random, TrueChain chain, boolean bloomFilled, Set<EndpointTrouble> kinds, int percent) {
        this.random = random;
        this.chain = chain;
        this.bloomFilled = bloomFilled;
        this.kinds = EnumSet.noneOf(EndpointTrouble.class);
        this.kinds.addAll(kinds);
        this.percent = percent;
    }

    void behave() {
        percent = 0;
    }

    /** Whether this goes wrong now. */
    boolean strikes(EndpointTrouble kind) {
        return percent > 0 && kinds.contains(kind) && random.nextInt(100) < percent;
    }

    /** The blocks as the endpoint that is asked now has them. */
    List<TrueChain.Block> view() {
        List<TrueChain.Block> blocks = chain.canonical();
        if (strikes(EndpointTrouble.STALE_FORK)) {
            return chain.stale();
        }
        return strikes(EndpointTrouble.LAGS)
                ? blocks.subList(0, Math.max(1, blocks.size() - 1 - random.nextInt(LAG_MAX)))
                : blocks;
    }

    /** A call that brings nothing. */
    void failSometimes() {
        fail(EndpointTrouble.TIMEOUT, RpcFault.TIMEOUT);
        fail(EndpointTrouble.HANGS_IN_MID_BODY, RpcFault.TIMEOUT);
        fail(EndpointTrouble.RESET_AFTER_SEND, RpcFault.UNREACHABLE);
        fail(EndpointTrouble.RATE_LIMITED, RpcFault.RATE_LIMITED);
        fail(EndpointTrouble.SERVER_ERROR, RpcFault.HTTP_STATUS);
        fail(EndpointTrouble.HTML_BODY, RpcFault.NOT_JSON_RPC);
        fail(EndpointTrouble.WRONG_ID, RpcFault.NOT_JSON_RPC);
        fail(EndpointTrouble.WRONG_CHAIN_ID, RpcFault.WRONG_CHAIN);
        fail(EndpointTrouble.HUGE_BODY, RpcFault.TOO_LARGE);
        fail(EndpointTrouble.BATCH_PARTLY_FAILS, RpcFault.MALFORMED_RESULT);
    }

    private void fail(EndpointTrouble kind, RpcFault fault) {
        if (strikes(kind)) {
            throw new RpcException(fault, "simulated " + kind);
        }
    }

    private Head told(TrueChain.Block block) {
        Head head = block.head();
        return strikes(EndpointTrouble.SKEWED_CLOCK)
                ? new Head(
                        head.number(),
                        head.hash(),
                        head.parentHash(),
                        head.timestamp().plus(Duration.ofDays(random.nextInt(3) - 1L)),
                        head.baseFee(),
                        head.receiptsRoot(),
                        head.transactionsRoot(),
                        head.stateRoot(),
                        head.logsBloom())
                : head;
    }

    /** The newest head of whoever is asked. */
    Head newest() {
        failSometimes();
        return told(view().getLast());
    }

    /** An announcement over the subscription; empty if there is none. */
    Optional<Head> announced() {
        if (strikes(EndpointTrouble.SILENT_SUBSCRIPTION)) {
            return Optional.empty();
        }
        List<TrueChain.Block> blocks = chain.canonical();
        int back = strikes(EndpointTrouble.HEADS_OUT_OF_ORDER) ? 1 + random.nextInt(3) : 0;
        return Optional.of(told(blocks.get(Math.max(0, blocks.size() - 1 - back))));
    }

    /** A block by its number. */
    Optional<Head> block(long number, List<TrueChain.Block> line) {
        return number < 0 || number >= line.size() || strikes(EndpointTrouble.NULL_BLOCK)
                ? Optional.empty()
                : Optional.of(told(line.get(Math.toIntExact(number))));
    }

    @Override
    public Map<Long, Head> headers(Collection<Long> numbers) {
        failSometimes();
        return headers(numbers, view());
    }

    private Map<Long, Head> headers(Collection<Long> numbers, List<TrueChain.Block> line) {
        Map<Long, Head> heads = new HashMap<>();
        numbers.forEach(number -> block(number, line).ifPresent(head -> heads.put(number, head)));
        return heads;
    }

    @Override
    public SimulatedIntake.Answer read(LogFilter filter, long from, long to, List<Long> headers) {
        failSometimes();
        List<TrueChain.Block> line = view();
        List<LogEntry> logs = new ArrayList<>(logs(filter, from, to, line));
        if (logs.size() > LOG_RESULTS_MAX && to > from && strikes(EndpointTrouble.HUGE_BODY)) {
            throw new RpcErrorException(
                    "simulated", new RpcError(-32005, "query returned more than 4 results", Optional.empty()));
        }
        if (mayLeaveOut(from, to, headers)) {
            // Whether one of several events of a block is missing, no header can tell.
            Set<Long> gone = new HashSet<>();
            logs.stream()
                    .map(LogEntry::blockNumber)
                    .filter(number -> random.nextBoolean())
                    .forEach(gone::add);
            logs.removeIf(log -> gone.contains(log.blockNumber()));
        }
        if (strikes(EndpointTrouble.LOGS_TWICE)) {
            logs.addAll(List.copyOf(logs));
        }
        if (strikes(EndpointTrouble.LOGS_OF_OTHERS)) {
            List.copyOf(logs).forEach(log -> logs.add(ofStranger(log)));
        }
        Map<Long, Head> heads = headers(headers, line);
        logs.forEach(log -> heads.computeIfAbsent(
                log.blockNumber(), number -> line.get(Math.toIntExact(number)).head()));
        return new SimulatedIntake.Answer(logs, heads);
    }

    @Override
    public Optional<List<LogEntry>> logsOf(LogFilter filter, Head block) {
        failSometimes();
        boolean known = view().stream().anyMatch(one -> one.hash().equals(block.hash()));
        if (!known) {
            return Optional.empty();
        }
        boolean lie = bloomFilled && liesInARow < SimulatedIntake.RECHECKS_MAX && strikes(EndpointTrouble.LOGS_MISSING);
        liesInARow = lie ? liesInARow + 1 : 0;
        return Optional.of(
                lie
                        ? List.of()
                        : chain.byHash(block.hash()).logs().stream()
                                .filter(filter::matches)
                                .toList());
    }

    private static List<LogEntry> logs(LogFilter filter, long from, long to, List<TrueChain.Block> line) {
        List<LogEntry> logs = new ArrayList<>();
        for (long number = from; number <= to && number < line.size(); number++) {
            line.get(Math.toIntExact(number)).logs().stream()
                    .filter(filter::matches)
                    .forEach(logs::add);
        }
        return logs;
    }

    /**
     * Only where somebody can tell: on a chain whose headers say that a block may hold an event, where all headers are
     * asked for, and not more often in a row than the intake asks again.
     */
    private boolean mayLeaveOut(long from, long to, List<Long> headers) {
        boolean lie = bloomFilled
                && liesInARow < SimulatedIntake.RECHECKS_MAX
                && LongStream.rangeClosed(from, to).allMatch(headers::contains)
                && strikes(EndpointTrouble.LOGS_MISSING);
        liesInARow = lie ? liesInARow + 1 : 0;
        return lie;
    }

    private static LogEntry ofStranger(LogEntry log) {
        return new LogEntry(
                TrueChain.STRANGER,
                log.topics(),
                log.data(),
                log.blockNumber(),
                log.blockHash(),
                log.transactionHash(),
                log.transactionIndex(),
                log.logIndex() + 1_000);
    }
}
