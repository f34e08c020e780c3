package io.carabiner.evm;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The real intake, step by step, for a simulated world. Used by one thread. */
public final class SimulatedIntake {

    /** What an endpoint says of a range. */
    public record Answer(List<LogEntry> logs, Map<Long, Head> heads) {}

    /** The chain as an endpoint shows it; throws what the rpc room throws. */
    public interface Source {

        /** The events of a range and some headers. */
        Answer read(LogFilter filter, long from, long to, List<Long> headers);

        /** The events of one block by its hash; empty where it is not there. */
        Optional<List<LogEntry>> logsOf(LogFilter filter, Head block);

        /** Headers by number. */
        Map<Long, Head> headers(Collection<Long> numbers);
    }

    /**
     * How far the intake is.
     *
     * @param cursor as {@code BlockTrail} has it: −2 before the first start
     * @param proven as {@code BlockTrail} has it
     */
    public record Position(long cursor, long proven, NavigableMap<Long, Hash32> hashes) {

        /** Before the first start. */
        public static final Position START = of(BlockTrail.EMPTY);

        static Position of(BlockTrail trail) {
            return new Position(trail.cursor(), trail.proven(), trail.hashes());
        }

        BlockTrail trail() {
            return new BlockTrail(cursor, proven, hashes);
        }
    }

    /** Where the position is kept. */
    public interface Rows {

        /** What was stored last. */
        Position load();

        /** Stores a position together with the work of the subscribers. */
        void save(Position before, Position after, Consumer<WriteTransaction> work);
    }

    /** The keys of the configuration that limit the intake. */
    public record Limits(
            int finalityDepth, int keepDepth, int rangeMax, int headersMax, int sweepBlocks, long backfillDepth) {}

    /** What a step came to. */
    public enum Step {
        /** All is stored. */
        IDLE,
        /** Go on. */
        MOVED,
        /** Try again later. */
        LATER
    }

    /** What a head is beside the newest one that is known. */
    public enum Newness {
        /** The newest now. */
        NEWER,
        /** The same. */
        KNOWN,
        /** A lower one. */
        LOWER
    }

    /** After this many polls that give a lower head, the chain is taken to be shorter. */
    public static final int LOWER_POLLS = HeadRules.SHRINK_POLLS;

    /** Of how many blocks hashes are kept at all. */
    public static final int KEEP_THIN_BLOCKS = 1_000;

    /** How often in a row an endpoint may leave events out before it is believed. */
    public static final int RECHECKS_MAX = ShortAnswers.RECHECKS_MAX;

    private final IntakeEngine engine;

    /** An intake that has not read its position yet. */
    public SimulatedIntake(ChainId chain, Source source, Rows rows, Limits limits, LogSubscriber subscriber) {
        IntakeRules rules = new IntakeRules(
                limits.finalityDepth(),
                limits.keepDepth(),
                KEEP_THIN_BLOCKS,
                limits.rangeMax(),
                limits.headersMax(),
                limits.sweepBlocks(),
                limits.backfillDepth(),
                false);
        engine = new IntakeEngine(
                chain,
                new Endpoint(source),
                new Kept(rows),
                rules,
                new Silence(),
                List.of(subscriber),
                head -> head - limits.finalityDepth());
    }

    /** Reads the stored position. */
    public void reload() {
        engine.reload();
    }

    /** One step towards a head. */
    public Step step(Head head) {
        return switch (engine.step(head)) {
            case IntakeProgress.Idle() -> Step.IDLE;
            case IntakeProgress.Moved() -> Step.MOVED;
            case IntakeProgress.TryLater _ -> Step.LATER;
        };
    }

    /** What the head tracker makes of a head. */
    public static Newness newness(@Nullable Head newest, Head next) {
        return switch (HeadChoice.of(newest, next)) {
            case ACCEPT -> Newness.NEWER;
            case KNOWN -> Newness.KNOWN;
            case LOWER -> Newness.LOWER;
        };
    }

    private record Endpoint(Source source) implements IntakeChain {

        @Override
        public Optional<List<LogEntry>> logsOf(LogFilter filter, Head block) {
            return source.logsOf(filter, block);
        }

        @Override
        public RangeAnswer read(LogFilter filter, IntakePlan.Read range, boolean headersOfLogs) {
            Answer answer = source.read(filter, range.from(), range.to(), range.headers());
            return new RangeAnswer(answer.logs(), answer.heads());
        }

        @Override
        public Map<Long, Head> headers(Collection<Long> numbers) {
            return source.headers(numbers);
        }
    }

    private record Kept(Rows rows) implements IntakeStore {

        @Override
        public BlockTrail load() {
            return rows.load().trail();
        }

        @Override
        public void save(BlockTrail before, BlockTrail after, Consumer<WriteTransaction> subscribers) {
            rows.save(Position.of(before), Position.of(after), subscribers);
        }
    }

    /** Nobody reads what a simulated node says; a subscriber that fails is a failure of the simulation. */
    private static final class Silence implements IntakeReports {
        @Override
        public void reorg(long from, long cursor) {}

        @Override
        public void deepReorg(long from, long cursor) {}

        @Override
        public void chainReset(long head, long cursor) {}

        @Override
        public void chainShorter(long head, long cursor) {}

        @Override
        public void bloomLied(long block, int events) {}

        @Override
        public void skipped(long from, long to) {}

        @Override
        public void rangeReduced(int blocks, String why) {}

        @Override
        public void stored(long blocks, int logs) {}

        @Override
        public void subscriberFailed(RuntimeException fault) {
            throw fault;
        }
    }
}
