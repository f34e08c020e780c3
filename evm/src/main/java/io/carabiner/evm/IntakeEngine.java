package io.carabiner.evm;

import io.carabiner.primitives.ChainId;
import io.carabiner.rpc.RpcException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The steps from a new head to stored events. No clock and no thread of its own: it is driven by
 * {@link CursorLogIntake} and, in tests, by a simulated chain. Confined to one thread.
 *
 * <p>At the head each block costs at most one call: its announced header is taken as it is, and where the chain's
 * headers have proven to tell which blocks hold nothing, such blocks cost none. What was taken so is asked for once
 * more in sweeps over many blocks; so a header that lies costs time, never an event.
 */
final class IntakeEngine {

    private final ChainId chainId;
    private final IntakeChain chain;
    private final IntakeStore store;
    private final IntakeRules rules;
    private final IntakeReports reports;
    private final List<LogSubscriber> subscribers;
    private final LongUnaryOperator finalized;
    private final RangeSize range;
    private final BloomTrust trust = new BloomTrust();
    private final Followed followed = new Followed();
    private final IntakeReader reader;
    private final ShortAnswers shortAnswers = new ShortAnswers();
    private final GivenBefore givenBefore = new GivenBefore();

    /** As the database has it. */
    private BlockTrail stored = BlockTrail.EMPTY;
    /** As it will be once a reorg or a replay in progress is stored. */
    private BlockTrail trail = BlockTrail.EMPTY;

    private OptionalLong reorgedFrom = OptionalLong.empty();

    /**
     * An engine.
     *
     * @param subscribers a live list: may grow while the engine runs
     * @param finalized the newest final block, as far as it is known, for a given newest block
     */
    IntakeEngine(
            ChainId chainId,
            IntakeChain chain,
            IntakeStore store,
            IntakeRules rules,
            IntakeReports reports,
            List<LogSubscriber> subscribers,
            LongUnaryOperator finalized) {
        this.chainId = chainId;
        this.chain = chain;
        this.store = store;
        this.rules = rules;
        this.reports = reports;
        this.subscribers = subscribers;
        this.finalized = finalized;
        this.range = new RangeSize(rules.rangeMax());
        this.reader = new IntakeReader(chain, trust, subscribers);
    }

    /**
     * Takes up what the database has; also after a write of which it is not known whether it was stored. What was only
     * followed is read again.
     */
    void reload() {
        stored = store.load();
        trail = stored;
        giveAgainAfter(stored.proven());
        reorgedFrom = OptionalLong.empty();
        shortAnswers.clear();
        followed.clear();
        reader.forgetFirst();
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
            giveAgainAfter(block - 1);
            reader.forgetFirst();
        }
    }

    private void giveAgainAfter(long block) {
        if (block < trail.cursor()) {
            givenBefore.add(trail);
            trail = trail.cutAfter(block);
        }
    }

    /** The newest stored block that is on the chain now; for any thread, since it looks at the store only. */
    Optional<StoredBlock> lastCommonBlock() {
        BlockTrail saved = store.load();
        List<Long> newestFirst = List.copyOf(saved.hashes().descendingKeySet());
        for (int from = 0; from < newestFirst.size(); from += rules.headersMax()) {
            List<Long> part = newestFirst.subList(from, Math.min(newestFirst.size(), from + rules.headersMax()));
            OptionalLong common = saved.ancestorAmong(chain.headers(part));
            if (common.isPresent()) {
                return saved.hash(common.getAsLong()).map(hash -> new StoredBlock(common.getAsLong(), hash));
            }
        }
        return Optional.empty();
    }

    /**
     * One step.
     *
     * @throws RpcException if no endpoint answers; nothing has changed then
     */
    IntakeProgress step(Head head) {
        Wishes wishes = Wishes.of(subscribers);
        return switch (IntakePlan.next(trail, head, rules, range.current())) {
            case IntakePlan.Nothing _ -> new IntakeProgress.Idle();
            case IntakePlan.FindAncestor _ -> findAncestor(head);
            case IntakePlan.Skip skip -> skip(skip.toBlock());
            case IntakePlan.Sweep sweep -> sweep(sweep.range(), head);
            case IntakePlan.Follow _ when sweepFirst(wishes.merged()) -> sweep(sweepUpTo(head), head);
            case IntakePlan.Read _ when sweepFirst(wishes.merged()) -> sweep(sweepUpTo(head), head);
            case IntakePlan.Follow _ -> read(IntakePlan.Read.of(head), head, wishes, true);
            case IntakePlan.Read read -> read(read, head, wishes, false);
        };
    }

    private boolean sweepFirst(LogFilter wanted) {
        return trail.unproven() > 0 && followed.endsWith(wanted);
    }

    private IntakePlan.Read sweepUpTo(Head head) {
        return IntakePlan.sweep(trail, head, range.current());
    }

    private IntakeProgress skip(long toBlock) {
        reports.skipped(trail.cursor() + 1, toBlock - 1);
        trail = BlockTrail.before(toBlock);
        reader.forgetFirst();
        return new IntakeProgress.Moved();
    }

    private IntakeProgress findAncestor(Head head) {
        return switch (AncestorSearch.search(trail, head, chain, rules.headersMax())) {
            case AncestorSearch.Found.At at -> cutTo(at.block());
            case AncestorSearch.Found.Nowhere nowhere -> startOver(nowhere.lowest());
            case AncestorSearch.Found.OtherChain _ -> startAnew(head);
            case AncestorSearch.Found.Shorter _ -> {
                reports.chainShorter(head.number(), trail.cursor());
                yield new IntakeProgress.TryLater("the chain is shorter than what is stored");
            }
            case AncestorSearch.Found.Unclear unclear -> new IntakeProgress.TryLater(unclear.why());
        };
    }

    private IntakeProgress cutTo(long ancestor) {
        if (ancestor >= trail.cursor()) {
            return new IntakeProgress.TryLater("a head that does not fit the chain that its endpoint gives");
        }
        // Between the ancestor and the next block that is kept nobody knows where exactly the fork left.
        @Nullable Long replaced = trail.hashes().higherKey(ancestor);
        reportReorg(ancestor + 1, replaced == null ? trail.cursor() : replaced);
        trail = trail.cutAfter(ancestor);
        return new IntakeProgress.Moved();
    }

    private void reportReorg(long from, long replaced) {
        long last = Math.max(trail.cursor(), replaced);
        if (replaced <= finalized.applyAsLong(last)) {
            reports.deepReorg(from, last);
        } else {
            reports.reorg(from, last);
        }
        markReorg(from);
    }

    /** Not one kept block is on the chain any more: go back behind them all, and at least as far as finality. */
    private IntakeProgress startOver(long lowest) {
        long from = Math.max(0, Math.min(lowest, trail.cursor() - rules.finalityDepth() + 1));
        // So soon after a first start, a reorg that replaces all that was read may still be an ordinary one.
        reportReorg(from, lowest);
        trail = BlockTrail.before(from);
        reader.forgetFirst();
        return new IntakeProgress.Moved();
    }

    /** Nothing that was stored is on this chain, and everything on it is new. */
    private IntakeProgress startAnew(Head head) {
        reports.chainReset(head.number(), trail.cursor());
        markReorg(0);
        trail = BlockTrail.before(0);
        reader.forgetFirst();
        return new IntakeProgress.Moved();
    }

    /** What was given before stands above the cut, so all of it is voided too. */
    private void markReorg(long from) {
        givenBefore.forget();
        reorgedFrom = OptionalLong.of(Math.min(from, reorgedFrom.orElse(from)));
    }

    private IntakeProgress read(IntakePlan.Read plan, Head head, Wishes wishes, boolean follow) {
        IntakeReader.Reading reading;
        try {
            reading = follow
                    ? reader.follow(trail, head, wishes.merged())
                    : reader.proof(trail, plan, head, wishes.merged());
        } catch (RpcException e) {
            shortAnswers.interrupted();
            return smallerRange(plan, e);
        }
        RangeAnswer answer = shortAnswers.completed(reading.answer());
        return switch (RangeVerdict.of(trail, plan, answer, wishes.merged())) {
            case RangeVerdict.Good _ -> settle(plan, head, reading.with(answer), wishes);
            case RangeVerdict.AskAgain again -> {
                shortAnswers.interrupted();
                yield new IntakeProgress.TryLater(again.why());
            }
            case RangeVerdict.OtherFork _ -> {
                shortAnswers.interrupted();
                yield findAncestor(head);
            }
            case RangeVerdict.MayMiss suspect
            when shortAnswers.doubted(suspect.blocks(), answer) ->
                new IntakeProgress.TryLater(
                        "block " + suspect.blocks().getFirst().number() + " may hold events that were not given");
            case RangeVerdict.MayMiss _ -> settle(plan, head, reading.with(answer), wishes);
        };
    }

    /** Stores what was read; blocks that were given before and were replaced since are voided first. */
    private IntakeProgress settle(IntakePlan.Read plan, Head head, IntakeReader.Reading reading, Wishes wishes) {
        Optional<AncestorSearch.Found> trouble = givenBefore.trouble(head, chain, rules.headersMax());
        if (trouble.isEmpty()) {
            if (givenBefore.isPassedBy(plan)) {
                givenBefore.forget();
            }
            return save(plan, reading, wishes);
        }
        shortAnswers.interrupted();
        return switch (trouble.get()) {
            case AncestorSearch.Found.At at -> voidGivenAfter(at.block());
            case AncestorSearch.Found.Nowhere nowhere -> startOver(nowhere.lowest());
            case AncestorSearch.Found.OtherChain _ -> startAnew(head);
            case AncestorSearch.Found.Shorter _ -> new IntakeProgress.TryLater("the chain ends below what was read");
            case AncestorSearch.Found.Unclear unclear -> new IntakeProgress.TryLater(unclear.why());
        };
    }

    private IntakeProgress voidGivenAfter(long ancestor) {
        trail = trail.cutAfter(ancestor);
        reportReorg(ancestor + 1, givenBefore.above(ancestor).orElse(ancestor + 1));
        return new IntakeProgress.Moved();
    }

    /** What the subscribers want now. */
    private record Wishes(Map<LogSubscriber, LogFilter> filters, LogFilter merged) {

        static Wishes of(List<LogSubscriber> subscribers) {
            Map<LogSubscriber, LogFilter> filters = new LinkedHashMap<>();
            for (LogSubscriber subscriber : subscribers) {
                filters.put(subscriber, subscriber.filter());
            }
            return new Wishes(filters, MergedFilter.of(filters.values()));
        }
    }

    private IntakeProgress smallerRange(IntakePlan.Read plan, RpcException e) {
        if (plan.blocks() == 1 || !RangeSize.isTooMuch(e)) {
            throw e;
        }
        range.refused(plan.blocks(), e.words());
        reports.rangeReduced(range.current(), e.words());
        return new IntakeProgress.Moved();
    }

    /** Asks for all events of blocks that were only followed; events that were not given are given now. */
    private IntakeProgress sweep(IntakePlan.Read plan, Head head) {
        shortAnswers.interrupted();
        LogFilter asked = followed.filter();
        RangeAnswer answer;
        try {
            answer = asked.isNothing()
                    ? new RangeAnswer(List.of(), Map.of(head.number(), head))
                    : chain.read(asked, plan, false);
        } catch (RpcException e) {
            return smallerRange(plan, e);
        }
        Optional<String> trouble = RangeVerdict.sweepTrouble(trail, plan, answer);
        if (trouble.isPresent()) {
            return new IntakeProgress.TryLater(trouble.get());
        }
        range.answered(plan.blocks());
        List<LogEntry> missing = followed.missing(answer.logs());
        if (missing.isEmpty()) {
            proven(plan.to());
            return new IntakeProgress.Moved();
        }
        long from = missing.stream().mapToLong(LogEntry::blockNumber).min().getAsLong();
        trust.lie();
        reports.bloomLied(from, missing.size());
        trail = trail.provenTo(from - 1);
        giveAgainAfter(from - 1);
        return new IntakeProgress.Moved();
    }

    private void proven(long block) {
        trail = trail.provenTo(block);
        if (trail.unproven() == 0) {
            followed.clear();
        }
    }

    private IntakeProgress save(IntakePlan.Read plan, IntakeReader.Reading reading, Wishes wishes) {
        RangeAnswer answer = reading.answer();
        List<Head> readHeads = new ArrayList<>(answer.heads().values());
        readHeads.removeIf(head -> head.number() < plan.from() || head.number() > plan.to());
        List<Head> keptHeads = new ArrayList<>(readHeads);
        reading.first().ifPresent(keptHeads::add);
        boolean proves =
                trail.unproven() == 0 && (reading.proven() || wishes.merged().isNothing());
        BlockTrail after = trail.extended(
                plan.to(), proves ? plan.to() : trail.proven(), keptHeads, rules.keepDepth(), rules.keepThinDepth());
        Map<LogSubscriber, LogBatch> batches = new LinkedHashMap<>();
        wishes.filters().forEach((subscriber, filter) -> batches.put(subscriber, batch(plan, answer, filter)));
        if (reorgedFrom.isPresent()) {
            // These batches void all from here on, so nothing stands of what was given before.
            givenBefore.forget();
        }
        BlockTrail kept = givenBefore.with(after);
        store.save(
                stored,
                kept,
                transaction -> batches.forEach((subscriber, batch) -> subscriber.store(transaction, batch)));
        if (reading.kind() != IntakeReader.Kind.EXCLUDED) {
            trust.learn(readHeads, answer.logs(), wishes.merged());
        }
        stored = kept;
        saved(plan, answer, after, wishes.merged());
        batches.forEach(this::committed);
        return new IntakeProgress.Moved();
    }

    private void saved(IntakePlan.Read plan, RangeAnswer answer, BlockTrail after, LogFilter wanted) {
        trail = after;
        reorgedFrom = OptionalLong.empty();
        shortAnswers.clear();
        if (after.unproven() == 0) {
            followed.clear();
        } else {
            followed.add(wanted, answer.logs());
        }
        range.answered(plan.blocks());
        reports.stored(plan.blocks(), answer.logs().size());
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
        Map<Long, Head> heads = new TreeMap<>(answer.heads());
        heads.keySet()
                .removeIf(number -> number != plan.to() && logs.stream().noneMatch(log -> log.blockNumber() == number));
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
