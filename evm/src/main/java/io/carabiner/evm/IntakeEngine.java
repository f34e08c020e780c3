package io.carabiner.evm;

import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.rpc.RpcErrorException;
import io.carabiner.rpc.RpcException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The steps from a new head to stored events. No clock and no thread of its own: it is driven by
 * {@link CursorLogIntake} and, in tests, by a simulated chain. Confined to one thread.
 */
final class IntakeEngine {

    /** How often in a row a block that may hold an event must be given again without it before that is believed. */
    static final int SUSPECT_RECHECKS_MAX = 2;

    /** How many stored blocks are compared in the first request of a search; most reorgs are one or two blocks deep. */
    private static final int FIRST_SEARCH_BLOCKS = 8;

    private final ChainId chainId;
    private final IntakeChain chain;
    private final IntakeStore store;
    private final IntakeRules rules;
    private final IntakeReports reports;
    private final List<LogSubscriber> subscribers;

    /** As the database has it. */
    private BlockTrail stored = BlockTrail.EMPTY;
    /** As it will be once a reorg or a replay in progress is stored. */
    private BlockTrail trail = BlockTrail.EMPTY;

    private OptionalLong reorgedFrom = OptionalLong.empty();
    private int rangeMax;
    /** How often in a row blocks that may hold events were given without them, by hash. */
    private final Map<Hash32, Integer> emptyAnswers = new HashMap<>();
    /** Events of answers that may be short. */
    private final Set<LogEntry> earlierLogs = new HashSet<>();

    /** @param subscribers a live list: may grow while the engine runs */
    IntakeEngine(
            ChainId chainId,
            IntakeChain chain,
            IntakeStore store,
            IntakeRules rules,
            IntakeReports reports,
            List<LogSubscriber> subscribers) {
        this.chainId = chainId;
        this.chain = chain;
        this.store = store;
        this.rules = rules;
        this.reports = reports;
        this.subscribers = subscribers;
        this.rangeMax = Math.max(1, rules.rangeMax());
    }

    /** Takes up what the database has; also after a write of which it is not known whether it was stored. */
    void reload() {
        stored = store.load();
        trail = stored;
        reorgedFrom = OptionalLong.empty();
        emptyAnswers.clear();
        earlierLogs.clear();
    }

    BlockTrail trail() {
        return trail;
    }

    BlockTrail stored() {
        return stored;
    }

    /** Gives the blocks from this one on again. */
    void replayFrom(long block) {
        if (block <= trail.cursor()) {
            trail = trail.cutAfter(block - 1);
        }
    }

    /**
     * One step.
     *
     * @throws RpcException if no endpoint answers; nothing has changed then
     */
    IntakeProgress step(Head head) {
        return switch (IntakePlan.next(trail, head, rules, rangeMax)) {
            case IntakePlan.Nothing nothing -> new IntakeProgress.Idle();
            case IntakePlan.FindAncestor find -> findAncestor(head);
            case IntakePlan.Skip skip -> skip(skip.toBlock());
            case IntakePlan.Read read -> read(read, head);
        };
    }

    private IntakeProgress skip(long toBlock) {
        reports.skipped(trail.cursor() + 1, toBlock - 1);
        trail = new BlockTrail(toBlock - 1, new TreeMap<>());
        return new IntakeProgress.Moved();
    }

    private IntakeProgress findAncestor(Head head) {
        List<Long> kept = new ArrayList<>(trail.hashes().descendingKeySet());
        Map<Long, Head> seen = new HashMap<>();
        int asked = 0;
        while (asked < kept.size()) {
            int until = Math.min(kept.size(), asked == 0 ? FIRST_SEARCH_BLOCKS : asked + rules.headersMax() - 1);
            Map<Long, Head> part = headersFromWhoKnows(head, kept.subList(asked, until));
            if (part.isEmpty()) {
                return new IntakeProgress.TryLater("the endpoint does not have the announced head");
            }
            seen.putAll(part);
            OptionalLong ancestor = trail.ancestorAmong(seen);
            if (ancestor.isPresent()) {
                return cutTo(ancestor.getAsLong());
            }
            asked = until;
        }
        // Only an endpoint that has the oldest kept block, and another one than ours, proves that all are gone.
        return !kept.isEmpty() && seen.containsKey(kept.getLast()) && head.number() >= kept.getLast()
                ? startOver(kept.getLast())
                : new IntakeProgress.TryLater("the endpoint has none of the blocks that are stored");
    }

    /** Empty if the endpoint lags or is on another fork: what it says of older blocks would mislead. */
    private Map<Long, Head> headersFromWhoKnows(Head head, List<Long> numbers) {
        List<Long> all = new ArrayList<>(numbers);
        all.add(head.number());
        Map<Long, Head> headers = chain.headers(all);
        @Nullable Head known = headers.get(head.number());
        return known != null && known.hash().equals(head.hash()) ? headers : Map.of();
    }

    private IntakeProgress cutTo(long ancestor) {
        if (ancestor >= trail.cursor()) {
            return new IntakeProgress.TryLater("a head that does not fit the chain that its endpoint gives");
        }
        reports.reorg(ancestor + 1, trail.cursor());
        markReorg(ancestor + 1);
        trail = trail.cutAfter(ancestor);
        return new IntakeProgress.Moved();
    }

    /** Not one kept block is on the chain any more: go back behind them all, and at least as far as finality. */
    private IntakeProgress startOver(long lowest) {
        long from = Math.max(0, Math.min(lowest, trail.cursor() - rules.finalityDepth() + 1));
        if (trail.cursor() - lowest < rules.finalityDepth()) {
            // So soon after a first start, a reorg that replaces all that was read may still be an ordinary one.
            reports.reorg(from, trail.cursor());
        } else {
            reports.deepReorg(from, trail.cursor());
        }
        markReorg(from);
        trail = new BlockTrail(from - 1, new TreeMap<>());
        return new IntakeProgress.Moved();
    }

    private void markReorg(long from) {
        reorgedFrom = OptionalLong.of(Math.min(from, reorgedFrom.orElse(from)));
    }

    private IntakeProgress read(IntakePlan.Read plan, Head head) {
        Map<LogSubscriber, LogFilter> filters = filters();
        LogFilter wanted = MergedFilter.of(filters.values());
        RangeAnswer answer;
        try {
            answer = withEarlier(answer(plan, wanted, head));
        } catch (RpcException e) {
            emptyAnswers.clear();
            return smallerRange(plan, e);
        }
        return switch (RangeVerdict.of(trail, plan, answer, wanted)) {
            case RangeVerdict.Good good -> save(plan, answer, filters);
            case RangeVerdict.AskAgain again -> {
                emptyAnswers.clear();
                yield new IntakeProgress.TryLater(again.why());
            }
            case RangeVerdict.OtherFork fork -> {
                emptyAnswers.clear();
                yield findAncestor(head);
            }
            case RangeVerdict.MayMiss suspect
            when stillSuspect(suspect.blocks()) -> {
                earlierLogs.addAll(answer.logs());
                yield new IntakeProgress.TryLater(
                        "block " + suspect.blocks().getFirst().number() + " may hold events that were not given");
            }
            case RangeVerdict.MayMiss believed -> save(plan, answer, filters);
        };
    }

    /** An answer that turned out to be short is not thrown away: what it held of the same blocks counts. */
    private RangeAnswer withEarlier(RangeAnswer answer) {
        if (earlierLogs.isEmpty()) {
            return answer;
        }
        Set<LogEntry> all = new LinkedHashSet<>(answer.logs());
        earlierLogs.stream().filter(log -> isOf(answer, log)).forEach(all::add);
        return new RangeAnswer(List.copyOf(all), answer.heads());
    }

    private static boolean isOf(RangeAnswer answer, LogEntry log) {
        @Nullable Head head = answer.heads().get(log.blockNumber());
        return head != null && head.hash().equals(log.blockHash());
    }

    /** Whether to ask once more: each block's emptiness is believed when it was given often enough. */
    private boolean stillSuspect(List<Head> suspects) {
        boolean doubt = false;
        for (Head suspect : suspects) {
            doubt |= emptyAnswers.merge(suspect.hash(), 1, Integer::sum) <= SUSPECT_RECHECKS_MAX;
        }
        return doubt;
    }

    /** When nobody wants anything, the announced head is all there is to know about one new block. */
    private RangeAnswer answer(IntakePlan.Read plan, LogFilter wanted, Head head) {
        boolean headIsEnough = wanted.isNothing() && plan.from() == head.number() && plan.to() == head.number();
        return headIsEnough ? new RangeAnswer(List.of(), Map.of(head.number(), head)) : chain.read(wanted, plan);
    }

    private Map<LogSubscriber, LogFilter> filters() {
        Map<LogSubscriber, LogFilter> filters = new LinkedHashMap<>();
        for (LogSubscriber subscriber : subscribers) {
            filters.put(subscriber, subscriber.filter());
        }
        return filters;
    }

    private IntakeProgress smallerRange(IntakePlan.Read plan, RpcException e) {
        long blocks = plan.to() - plan.from() + 1;
        if (blocks == 1 || !tooMuch(e)) {
            throw e;
        }
        rangeMax = Math.toIntExact(Math.max(1, blocks / 2));
        reports.rangeReduced(rangeMax, e.words());
        return new IntakeProgress.Moved();
    }

    private static boolean tooMuch(RpcException e) {
        return switch (e.fault()) {
            case TIMEOUT, TOO_LARGE -> true;
            case ERROR_OBJECT -> e instanceof RpcErrorException error && error.isTooManyResults();
            case UNREACHABLE,
                    HTTP_STATUS,
                    RATE_LIMITED,
                    NOT_JSON_RPC,
                    MALFORMED_RESULT,
                    WRONG_CHAIN,
                    NO_ENDPOINT,
                    STALE,
                    BUDGET,
                    INTERRUPTED -> false;
        };
    }

    private IntakeProgress save(IntakePlan.Read plan, RangeAnswer answer, Map<LogSubscriber, LogFilter> filters) {
        List<Head> readHeads = answer.heads().values().stream()
                .filter(head -> head.number() <= plan.to())
                .toList();
        BlockTrail after = trail.extended(plan.to(), readHeads, rules.keepDepth());
        Map<LogSubscriber, LogBatch> batches = new LinkedHashMap<>();
        filters.forEach((subscriber, filter) -> batches.put(subscriber, batch(plan, answer, filter)));
        store.save(
                stored,
                after,
                transaction -> batches.forEach((subscriber, batch) -> subscriber.store(transaction, batch)));
        stored = after;
        trail = after;
        reorgedFrom = OptionalLong.empty();
        emptyAnswers.clear();
        earlierLogs.clear();
        rangeMax = Math.toIntExact(Math.min(rules.rangeMax(), Math.max(1, rangeMax * 2L)));
        reports.stored(plan.to() - plan.from() + 1, answer.logs().size());
        batches.forEach(this::committed);
        return new IntakeProgress.Moved();
    }

    private LogBatch batch(IntakePlan.Read plan, RangeAnswer answer, LogFilter filter) {
        List<LogEntry> logs = answer.logs().stream()
                .filter(filter::matches)
                .sorted(Comparator.comparingLong(LogEntry::blockNumber).thenComparingLong(LogEntry::logIndex))
                .toList();
        // A replay may have gone back behind the reorg; then all of it is given again from there.
        OptionalLong voidFrom = reorgedFrom.isPresent()
                ? OptionalLong.of(Math.min(reorgedFrom.getAsLong(), plan.from()))
                : OptionalLong.empty();
        Map<Long, Head> heads = new HashMap<>();
        logs.forEach(log -> heads.computeIfAbsent(
                log.blockNumber(), number -> answer.heads().get(number)));
        heads.computeIfAbsent(plan.to(), number -> answer.heads().get(number));
        return new LogBatch(chainId, plan.from(), plan.to(), logs, voidFrom, heads);
    }

    private void committed(LogSubscriber subscriber, LogBatch batch) {
        try {
            subscriber.committed(batch);
        } catch (RuntimeException e) {
            reports.subscriberFailed(e);
        }
    }
}
