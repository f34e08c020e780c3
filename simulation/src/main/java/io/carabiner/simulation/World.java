package io.carabiner.simulation;

import io.carabiner.crypto.Keccak256;
import io.carabiner.database.SimulatedJournal;
import io.carabiner.database.SimulatedJournal.Fate;
import io.carabiner.database.SimulatedTable;
import io.carabiner.database.WriteTransaction;
import io.carabiner.evm.Head;
import io.carabiner.evm.LogBatch;
import io.carabiner.evm.LogFilter;
import io.carabiner.evm.LogSubscriber;
import io.carabiner.evm.SimulatedIntake;
import io.carabiner.evm.SimulatedIntake.Position;
import io.carabiner.jobs.SimulatedJob;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import io.carabiner.rpc.RpcException;
import io.carabiner.testkit.TestClock;
import io.carabiner.txm.SimulatedBugs;
import io.carabiner.txm.SimulatedRows;
import io.carabiner.txm.SimulatedSender;
import io.carabiner.txm.SimulatedStore;
import io.carabiner.txm.TransactionResult;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One life of a node: a chain, endpoints, a database, and one process after the other. What is right is the business of
 * {@link Checker}.
 */
final class World implements SimulatedIntake.Rows, LogSubscriber {

    static final BigInteger MIN_PAYMENT = BigInteger.TEN;

    private static final int PLACE = 0;
    private static final Fate[] ENDS = {Fate.DIES_BEFORE, Fate.DIES_AFTER, Fate.UNKNOWN_BEFORE, Fate.UNKNOWN_AFTER};

    private final Random random;
    private final Plan plan;
    private final TestClock clock = new TestClock();
    private final TrueChain chain;
    private final Endpoints endpoints;
    private final Sending network;
    private final SimulatedJournal journal;
    private final SimulatedTable<Integer, Position> positions;
    private final SimulatedTable<Integer, Long> firstBlocks;
    private final JobRows jobs;
    private final SimulatedRows transactions;
    private final SimulatedSender.Witness witness;
    private int deathPercent;
    private int asked;

    // Of the process that lives now.
    private SimulatedIntake intake;
    private SimulatedSender sender;
    private Executor executor;
    private HeadsHeard heads;
    private boolean lookDue;
    private long recoveredNanos;

    World(long seed, PlantedBug bug) {
        random = new Random(seed);
        plan = Plan.of(random, bug);
        chain = new TrueChain(random, plan.bloomFilled());
        endpoints = new Endpoints(random, chain, plan.bloomFilled(), plan.troubles(), plan.troublePercent());
        deathPercent = plan.deathPercent();
        network =
                new Sending(random, chain, endpoints, plan.keys(), plan.finalityDepth(), this::mayDie, plan.priceMax());
        journal = new SimulatedJournal(this::fate);
        positions = new SimulatedTable<>(journal);
        firstBlocks = new SimulatedTable<>(journal);
        jobs = new JobRows(
                journal,
                new SimulatedJob(Sending.CHAIN, TrueChain.CONTRACT, plan.incomingConfirmations(), MIN_PAYMENT));
        transactions = new SimulatedRows(journal, new Ends());
        witness = new SimulatedSender.Witness(network, clock);
        for (int i = 0; i < 3; i++) {
            chain.mine();
        }
        intake = newIntake();
        sender = newSender();
        executor = newExecutor();
        heads = newHeads();
        boot();
    }

    Plan plan() {
        return plan;
    }

    TrueChain chain() {
        return chain;
    }

    Sending network() {
        return network;
    }

    JobRows jobs() {
        return jobs;
    }

    SimulatedRows transactions() {
        return transactions;
    }

    Position position() {
        return positions.find(PLACE).orElse(Position.START);
    }

    /** The first block that was ever read; what is before it is nobody's business. −1 before the first. */
    long firstBlock() {
        return firstBlocks.find(PLACE).orElse(-1L);
    }

    long commits() {
        return journal.commits();
    }

    private Fate fate() {
        return random.nextInt(100) < deathPercent ? ENDS[random.nextInt(ENDS.length)] : Fate.STORED;
    }

    private void mayDie() {
        if (random.nextInt(100) < deathPercent) {
            throw new SimulatedJournal.Death("while sending");
        }
    }

    /** A process ends, and another begins with what the database has. */
    private void boot() {
        intake = newIntake();
        sender = newSender();
        executor = newExecutor();
        heads = newHeads();
        intake.reload();
        executor.recover();
        plan.keys().forEach(sender::wake);
    }

    private SimulatedIntake newIntake() {
        return new SimulatedIntake(Sending.CHAIN, endpoints, this, plan.intakeLimits(), this);
    }

    private SimulatedSender newSender() {
        SimulatedStore store =
                plan.bug() == PlantedBug.NONCE_SKIPPED ? SimulatedBugs.skippingNonces(transactions) : transactions;
        return new SimulatedSender(
                plan.keys(), network, store, plan.senderLimits(), witness, clock, () -> lookDue = true);
    }

    private HeadsHeard newHeads() {
        return new HeadsHeard(random, endpoints, () -> lookDue = true);
    }

    private Executor newExecutor() {
        return new Executor(random, journal, jobs, transactions, plan.keys(), plan.bug(), key -> sender.wake(key));
    }

    /** Tells runs how their transactions ended. */
    private final class Ends implements SimulatedRows.Listener {
        @Override
        public void settled(List<TransactionResult> results) {
            if (plan.bug() == PlantedBug.END_TOLD_APART) {
                journal.afterCommit(() -> journal.write(() -> jobs.settled(results)));
            } else {
                jobs.settled(results);
            }
        }

        @Override
        public void overturned(List<TransactionResult> results) {
            jobs.overturned(results);
        }
    }

    /** One random move. */
    void move() throws InterruptedException {
        switch (random.nextInt(14)) {
            case 0, 1 -> ask();
            case 2 -> chain.mine();
            case 3 -> heads.hearOrPoll();
            case 4, 5 -> living(() -> intakeSteps(1 + random.nextInt(4)));
            case 6 -> living(this::execute);
            case 7, 8 -> living(() -> send(1 + random.nextInt(4)));
            case 9 -> living(this::look);
            case 10 -> pass(Duration.ofSeconds(random.nextInt(90)));
            case 11 -> disturb();
            default -> round();
        }
    }

    /** Time passes; the process looks at times for runs that nobody handed over. */
    private void pass(Duration time) {
        clock.advance(time);
        if (clock.monotonicNanos() - recoveredNanos >= SimulatedJob.RECOVER_EVERY.toNanos()) {
            recoveredNanos = clock.monotonicNanos();
            executor.recover();
        }
    }

    /** All that a block brings when nothing is wrong. */
    private void round() throws InterruptedException {
        chain.mine();
        heads.hearOrPoll();
        living(() -> {
            intakeSteps(3);
            execute();
            look();
            send(4);
        });
        pass(Duration.ofSeconds(2));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /** Work of the process: it may die of it. */
    private void living(Work work) throws InterruptedException {
        try {
            work.run();
        } catch (SimulatedJournal.Death death) {
            boot();
        }
    }

    private void ask() {
        for (int i = 0; i <= random.nextInt(3); i++) {
            byte[] id = Keccak256.hashText("request " + asked++).toArray();
            id[0] = random.nextInt(15) == 0 ? Sending.BAD : 1;
            long juels = random.nextInt(15) == 0 ? 1 : 10;
            Hash32 request = Hash32.of(id);
            chain.ask(new TrueChain.Ask(request, false, juels));
            if (random.nextInt(12) == 0) {
                chain.ask(new TrueChain.Ask(request, true, juels));
            }
        }
    }

    private void disturb() throws InterruptedException {
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                int depth = random.nextInt(3) > 0 ? 1 + random.nextInt(3) : 1 + random.nextInt(plan.reorgMax());
                chain.reorg(depth, depth + random.nextInt(3));
            }
            case 2 -> chain.evict();
            case 3 -> network.broke(!network.isBroke());
            case 4 -> chain.spike(random.nextInt(12));
            default -> boot();
        }
    }

    private boolean intakeSteps(int most) {
        Optional<Head> newest = heads.newest();
        boolean idle = false;
        for (int i = 0; i < most && newest.isPresent() && !idle; i++) {
            try {
                idle = intake.step(newest.get()) == SimulatedIntake.Step.IDLE;
            } catch (RpcException e) {
                return false;
            } catch (SimulatedJournal.AnswerLost e) {
                intake.reload();
            }
        }
        return idle;
    }

    private void execute() {
        try {
            executor.step();
        } catch (SimulatedJournal.AnswerLost e) {
            // The writer keeps the group and tries again.
            return;
        }
    }

    private void send(int steps) throws InterruptedException {
        if (lookDue && random.nextBoolean()) {
            look();
        }
        for (Address key : plan.keys()) {
            for (int i = 0; i < steps; i++) {
                if (sender.step(key) > 0) {
                    break;
                }
            }
        }
    }

    private void look() {
        Optional<Head> newest = heads.newest();
        if (newest.isEmpty()) {
            return;
        }
        lookDue = false;
        try {
            sender.look(newest.get());
        } catch (RpcException e) {
            lookDue = true;
        }
    }

    /** From now on nothing goes wrong any more. */
    void peace() {
        endpoints.behave();
        deathPercent = 0;
        network.broke(false);
        chain.calm();
    }

    /** A block in peace, with all the work it brings. Answers how many steps the busiest key needed to come to rest. */
    int peacefulRound() throws InterruptedException {
        chain.mine();
        heads.pollUntil(chain.tip().head());
        for (int i = 0; !intakeSteps(1); i++) {
            if (i > Checker.STEPS_TO_REST_MAX) {
                throw new Violation("I7", "the intake does not reach its head");
            }
        }
        execute();
        look();
        pass(Duration.ofSeconds(15));
        int most = 0;
        for (Address key : plan.keys()) {
            most = Math.max(most, untilRest(key));
        }
        return most;
    }

    private int untilRest(Address key) throws InterruptedException {
        int steps = 1;
        while (sender.step(key) == 0 && steps < Checker.STEPS_TO_REST_MAX) {
            steps++;
        }
        return steps;
    }

    @Override
    public Position load() {
        return position();
    }

    @Override
    public void save(Position before, Position after, Consumer<WriteTransaction> work) {
        if (!before.equals(position())) {
            throw new IllegalStateException("the cursor was moved by another");
        }
        if (plan.bug() == PlantedBug.CURSOR_BEFORE_REQUESTS) {
            journal.write(() -> positions.put(PLACE, after));
            journal.write(() -> work.accept(NoSql.TRANSACTION));
        } else {
            journal.write(() -> {
                positions.put(PLACE, after);
                work.accept(NoSql.TRANSACTION);
            });
        }
    }

    @Override
    public LogFilter filter() {
        return LogFilter.of(Set.of(TrueChain.CONTRACT), Set.of(SimulatedJob.REQUEST, SimulatedJob.CANCEL));
    }

    @Override
    public void store(WriteTransaction transaction, LogBatch batch) {
        if (firstBlocks.find(PLACE).isEmpty()) {
            firstBlocks.put(PLACE, batch.fromBlock());
        }
        List<Long> made = jobs.store(batch);
        journal.afterCommit(() -> executor.submit(made));
    }

    @Override
    public void committed(LogBatch batch) {
        // The runs were handed over after the commit.
    }
}
