package io.carabiner.fluxmonitor;

import io.carabiner.fluxmonitor.ModelWorld.Fate;
import io.carabiner.fluxmonitor.ModelWorld.Tx;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One node with a flux monitor job: what it stored survives its death, all else is forgotten. */
final class ModelOracle {

    /** How likely each kind of fault is, from 0 to 1. */
    record Troubles(double rpc, double adapter, double database, double crash) {

        static final Troubles NONE = new Troubles(0, 0, 0, 0);
    }

    private final int id;
    private final ModelWorld world;
    private final MonitorRules rules;
    private final Random random;
    private final Supplier<BigDecimal> price;

    // The database.
    private final Map<Long, List<Tx>> submissions = new HashMap<>();
    private int cursor;

    // The memory.
    private @Nullable Monitor monitor;
    private Mailbox mailbox = new Mailbox();
    private Optional<Ask> ask = Optional.empty();

    ModelOracle(int id, ModelWorld world, MonitorRules rules, Random random, Supplier<BigDecimal> price) {
        this.id = id;
        this.world = world;
        this.rules = rules;
        this.random = random;
        this.price = price;
    }

    Map<Long, List<Tx>> submissions() {
        return submissions;
    }

    /** The process dies; a new one begins at the next step. */
    void crash() {
        monitor = null;
        mailbox = new Mailbox();
        ask = Optional.empty();
    }

    /** The intake: stores its cursor, then tells the monitor, which may be dead by then. */
    void readLogs() {
        cursor = Math.min(cursor, world.height());
        while (cursor < world.height()) {
            cursor++;
            ModelWorld.Block block = world.block(cursor);
            for (ModelWorld.Began began : block.began()) {
                mailbox.put(new Event.RoundBegan(began.round(), began.by() == id));
            }
            if (block.answered()) {
                mailbox.put(new Event.AnswerUpdated());
            }
        }
    }

    /** A reorganisation gives blocks again. */
    void unread(int depth) {
        cursor = Math.max(0, Math.min(cursor, world.height()) - depth);
    }

    /** One step of whatever it has to do; dies in it now and then. */
    void act(Troubles troubles) {
        if (random.nextDouble() < troubles.crash()) {
            crash();
            return;
        }
        Monitor now = monitor;
        if (now == null) {
            begin(troubles);
        } else if (ask.isPresent()) {
            Ask wanted = ask.get();
            Event event = perform(wanted, troubles);
            if (random.nextDouble() < troubles.crash()) {
                crash();
            } else {
                take(rules.step(now, event, world.now()));
            }
        } else {
            Event.Signal signal = mailbox.take().orElseGet(Event.TimeCame::new);
            take(rules.step(now, signal, world.now()));
        }
    }

    private void begin(Troubles troubles) {
        if (random.nextDouble() >= troubles.rpc()) {
            take(rules.begin(world.now(), false, world.state(id, world.feed().reporting())));
        }
    }

    private void take(Step step) {
        monitor = step.monitor();
        ask = step.ask();
    }

    private Event perform(Ask wanted, Troubles troubles) {
        return switch (wanted) {
            case Ask.ReadRound read -> read(read.roundId(), troubles);
            case Ask.PeekRound peek -> read(0, troubles);
            case Ask.ReadNewest newest -> read(world.feed().reporting(), troubles);
            case Ask.ReadFlags flags -> new Event.FlagsRead(false);
            case Ask.Observe observe ->
                random.nextDouble() < troubles.adapter()
                        ? new Event.NotObserved("the adapter is down")
                        : new Event.Observed(price.get());
            case Ask.Submit submit -> store(submit, troubles);
        };
    }

    private Event read(long round, Troubles troubles) {
        if (random.nextDouble() < troubles.rpc()) {
            return new Event.Unreadable("no endpoint answers", true);
        }
        RoundState state = world.state(id, round);
        return new Event.RoundRead(state, standing(state.roundId()));
    }

    private Standing standing(long round) {
        List<Tx> made = submissions.getOrDefault(round, List.of());
        if (made.isEmpty()) {
            return Standing.NONE;
        }
        Tx last = made.getLast();
        return switch (last.fate) {
            case PENDING -> Standing.UNDER_WAY;
            case ACCEPTED -> Standing.ANSWERED;
            case REVERTED -> world.isFinal(last.minedIn) ? Submissions.afterFailures(made.size()) : Standing.UNDER_WAY;
        };
    }

    /** The commit may fail, or succeed without anybody hearing of it. */
    private Event store(Ask.Submit submit, Troubles troubles) {
        if (random.nextDouble() < troubles.database()) {
            return new Event.NotSubmitted("the database is away");
        }
        if (!standing(submit.roundId()).isOpen()) {
            return new Event.SubmittedBefore();
        }
        Tx transaction = new Tx(id, submit.roundId(), submit.submission());
        submissions.computeIfAbsent(submit.roundId(), any -> new ArrayList<>()).add(transaction);
        world.send(transaction);
        return random.nextDouble() < troubles.database()
                ? new Event.NotSubmitted("the connection broke during the commit")
                : new Event.Submitted();
    }

    /** Each submission but the last of a round must have failed. */
    boolean neverTwiceAtOnce() {
        return submissions.values().stream()
                .allMatch(made -> made.stream().limit(made.size() - 1L).allMatch(tx -> tx.fate == Fate.REVERTED));
    }
}
