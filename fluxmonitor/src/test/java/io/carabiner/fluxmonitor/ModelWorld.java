package io.carabiner.fluxmonitor;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A chain with one feed: a pool of transactions, blocks, and reorganisations that put transactions back. */
final class ModelWorld {

    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    /** No reorganisation is deeper. */
    static final int FINALITY = 5;

    private static final long NANOS = 1_000_000_000L;

    /** Where a transaction stands. */
    enum Fate {
        PENDING,
        ACCEPTED,
        REVERTED
    }

    /** A submission on its way. */
    static final class Tx {
        final int oracle;
        final long round;
        final BigInteger value;
        Fate fate = Fate.PENDING;
        int minedIn;

        Tx(int oracle, long round, BigInteger value) {
            this.oracle = oracle;
            this.round = round;
            this.value = value;
        }
    }

    /** What a block changed and told. */
    record Block(ModelFeed after, List<Tx> transactions, List<Began> began, boolean answered) {}

    /** A round that an oracle began. */
    record Began(NewRound round, int by) {}

    private final Random random;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Tx> pool = new ArrayList<>();
    private long second;

    ModelWorld(Random random, ModelFeed feed) {
        this.random = random;
        blocks.add(new Block(feed, List.of(), List.of(), false));
    }

    Moment now() {
        return new Moment(BEGINNING.plusSeconds(second), second * NANOS);
    }

    void pass(long seconds) {
        second += seconds;
    }

    ModelFeed feed() {
        return blocks.getLast().after();
    }

    int height() {
        return blocks.size() - 1;
    }

    Block block(int number) {
        return blocks.get(number);
    }

    /** Whether a block lies so deep that no reorganisation reaches it. */
    boolean isFinal(int number) {
        return height() - number >= FINALITY;
    }

    void send(Tx transaction) {
        pool.add(transaction);
    }

    private long chainTime() {
        return now().wall().getEpochSecond();
    }

    RoundState state(int oracle, long round) {
        return feed().state(oracle, round, chainTime());
    }

    /** Mines some of the pool, in any order. */
    void mine(double share) {
        ModelFeed feed = feed().copy();
        List<Tx> mined = new ArrayList<>();
        List<Began> began = new ArrayList<>();
        Collections.shuffle(pool, random);
        boolean answered = false;
        for (Tx transaction : List.copyOf(pool)) {
            if (random.nextDouble() < share) {
                pool.remove(transaction);
                mined.add(transaction);
                ModelFeed.Outcome outcome =
                        feed.submit(transaction.oracle, transaction.round, transaction.value, chainTime());
                transaction.minedIn = blocks.size();
                transaction.fate = outcome.accepted() ? Fate.ACCEPTED : Fate.REVERTED;
                answered |= outcome.accepted();
                outcome.begun().ifPresent(round -> began.add(new Began(round, transaction.oracle)));
            }
        }
        blocks.add(new Block(feed, mined, began, answered));
    }

    /** Replaces the newest blocks by as many others; what was in them is in the pool again, some of it mined again. */
    void reorg(int depth, double share) {
        int removed = Math.min(depth, height());
        for (int i = 0; i < removed; i++) {
            for (Tx transaction : blocks.removeLast().transactions()) {
                transaction.fate = Fate.PENDING;
                pool.add(transaction);
            }
        }
        for (int i = 0; i < removed; i++) {
            mine(share);
        }
    }
}
