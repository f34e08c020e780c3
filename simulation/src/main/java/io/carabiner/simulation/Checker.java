package io.carabiner.simulation;

import io.carabiner.evm.LogEntry;
import io.carabiner.evm.SimulatedIntake;
import io.carabiner.evm.SimulatedIntake.Position;
import io.carabiner.jobs.SimulatedJob;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.txm.SimulatedRow;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Looks at the chain and at the rows and says whether the promises hold: I1 no request lost, I2 none answered twice, I3
 * no gap in the nonces, I5 no money beyond its limits, I7 all done when the trouble is over, I9 nothing grows without
 * bound.
 */
final class Checker {

    /** How many actions in a row a key may need when nothing is wrong. */
    static final int STEPS_TO_REST_MAX = 2_000;

    /** How many times a transaction may be signed: prices are bounded, so are these. */
    private static final int ATTEMPTS_MAX = 60;

    private final World world;
    private long seenCommits = -1;
    private int seenGiven;
    private final Map<Address, Map<Long, Set<Bytes>>> payloads = new HashMap<>();

    Checker(World world) {
        this.world = world;
    }

    /** What must hold at every moment. */
    void step() {
        sent();
        if (world.commits() != seenCommits) {
            seenCommits = world.commits();
            requestsAreStored();
            oneTransactionForEachRun();
            noncesHaveNoGap();
            nothingGrows();
        }
    }

    private static void require(boolean holds, String invariant, Supplier<String> words) {
        if (!holds) {
            throw new Violation(invariant, words.get());
        }
    }

    /** I5 and the second half of I3, for all that was given to the network since the last look. */
    private void sent() {
        for (; seenGiven < world.network().given().size(); seenGiven++) {
            RawTransaction sent = world.network().given().get(seenGiven);
            BigInteger ceiling = Wei.ofGwei(Sending.PRICE_MAX_GWEI).amount();
            require(sent.feeCap().compareTo(ceiling) <= 0, "I5", () -> "a price above the ceiling: " + sent);
            require(sent.value().signum() == 0, "I5", () -> "coins were sent: " + sent);
            boolean nothing = sent.to().equals(sent.from()) && sent.data().isEmpty();
            require(nothing || sent.to().equals(TrueChain.CONTRACT), "I5", () -> "sent to a stranger: " + sent);
            require(sent.chainId().equals(Sending.CHAIN.value()), "I5", () -> "signed for another chain: " + sent);
            onePayloadForANonce(sent);
        }
    }

    private void onePayloadForANonce(RawTransaction sent) {
        Set<Bytes> ofNonce = payloads.computeIfAbsent(sent.from(), any -> new HashMap<>())
                .computeIfAbsent(sent.nonce(), any -> new HashSet<>());
        ofNonce.add(sent.payload());
        if (ofNonce.size() > 1) {
            boolean purged = world.transactions().all().stream()
                    .filter(row -> row.from().equals(sent.from()))
                    .filter(row -> row.nonce().orElse(-1) == sent.nonce())
                    .anyMatch(SimulatedRow::purged);
            require(purged && ofNonce.size() == 2, "I3", () -> "two payloads for one nonce: " + sent);
        }
    }

    /** I1, up to the cursor: whatever block the intake says it has read, its requests are rows. */
    private void requestsAreStored() {
        Position position = world.position();
        position.hashes().forEach((number, hash) -> {
            if (world.firstBlock() >= 0 && number >= world.firstBlock()) {
                for (LogEntry log : world.chain().byHash(hash).logs()) {
                    if (log.topics().getFirst().equals(SimulatedJob.REQUEST)) {
                        Hash32 id = new Hash32(log.data().slice(Hash32.SIZE, 2 * Hash32.SIZE));
                        require(
                                world.jobs().request(id).isPresent(),
                                "I1",
                                () -> "request " + id + " of block " + number + " was read and is not stored");
                    }
                }
            }
        });
    }

    /** I2: no run has two transactions, and no request has two runs that have both sent. */
    private void oneTransactionForEachRun() {
        Map<Hash32, Integer> runs = new HashMap<>();
        Map<Hash32, Integer> standing = new HashMap<>();
        for (JobRows.Run run : world.jobs().runs()) {
            runs.merge(run.request(), 1, Integer::sum);
            // One that has not run yet looks again whether its request is still its own before it sends anything.
            if (run.state() == JobRows.RunState.SUSPENDED || run.state() == JobRows.RunState.COMPLETED) {
                standing.merge(run.request(), 1, Integer::sum);
            }
        }
        standing.forEach((request, count) -> require(count == 1, "I2", () -> count + " runs of request " + request));
        Map<Hash32, Integer> wishes = new HashMap<>();
        for (SimulatedRow row : world.transactions().all()) {
            row.wish().ifPresent(any -> wishes.merge(new Hash32(row.data()), 1, Integer::sum));
        }
        wishes.forEach((request, count) -> require(
                count <= runs.getOrDefault(request, 0),
                "I2",
                () -> count + " transactions for " + runs.get(request) + " runs of request " + request));
    }

    private void noncesHaveNoGap() {
        Map<Address, TreeSet<Long>> nonces = new HashMap<>();
        for (SimulatedRow row : world.transactions().all()) {
            row.nonce()
                    .ifPresent(nonce -> require(
                            nonces.computeIfAbsent(row.from(), any -> new TreeSet<>())
                                    .add(nonce),
                            "I3",
                            () -> "two rows with nonce " + nonce));
        }
        nonces.forEach((key, all) ->
                require(all.last() == all.size() - 1, "I3", () -> "the nonces of " + key + " have a gap: " + all));
    }

    private void nothingGrows() {
        int kept = world.position().hashes().size();
        // All of the newest blocks, few of the older ones; and while blocks are given again, which are at most as many
        // as a sweep spans, those of the place reached beside those of what was given before.
        int most = world.plan().keepDepth()
                + world.plan().intakeLimits().sweepBlocks()
                + SimulatedIntake.KEEP_THIN_BLOCKS / 100;
        require(kept <= most, "I9", () -> kept + " hashes are kept");
        for (SimulatedRow row : world.transactions().all()) {
            require(row.attemptCount() <= ATTEMPTS_MAX, "I9", () -> row.attemptCount() + " attempts of " + row);
        }
        for (Address key : world.plan().keys()) {
            // What a reorg threw out of its block is on its way again, beyond the limit.
            long flying = count(world.transactions().all(), key);
            require(
                    flying <= world.plan().maxInFlight() || world.chain().reorgs() > 0,
                    "I9",
                    () -> flying + " transactions in flight, " + world.plan().maxInFlight() + " are allowed");
        }
    }

    private static long count(Collection<SimulatedRow> rows, Address key) {
        return rows.stream()
                .filter(row -> row.from().equals(key) && row.inFlight())
                .count();
    }

    /** I7: whether nothing is left to do. */
    boolean atRest() {
        return world.position().cursor() == world.chain().tip().number()
                && world.transactions().all().stream().allMatch(SimulatedRow::over)
                && world.jobs().runs().stream().allMatch(JobRows.Run::over)
                && world.jobs().requests().stream()
                        .noneMatch(request -> request.state() == JobRows.RequestState.WAITING);
    }

    /** For the words of a violation: what is left to do. */
    String unfinished() {
        return "cursor " + world.position().cursor() + " of "
                + world.chain().tip().number() + "; "
                + world.transactions().all().stream()
                        .filter(row -> !row.over())
                        .limit(3)
                        .toList()
                + world.jobs().runs().stream()
                        .filter(run -> !run.over())
                        .limit(3)
                        .toList()
                + world.jobs().requests().stream()
                        .filter(request -> request.state() == JobRows.RequestState.WAITING)
                        .limit(3)
                        .toList();
    }

    /** What must hold when all is over. */
    void end(int peacefulBlocks) {
        step();
        require(atRest(), "I7", () -> "not all is over after " + peacefulBlocks + " peaceful blocks: " + unfinished());
        for (TrueChain.Block block : world.chain().canonical()) {
            if (block.number() >= world.firstBlock()) {
                block.asks().stream().filter(ask -> !ask.cancel()).forEach(ask -> answered(ask, block));
            }
        }
        for (Address key : world.plan().keys()) {
            long rows = world.transactions().all().stream()
                    .filter(row -> row.from().equals(key))
                    .count();
            long mined = world.chain().tip().counts().getOrDefault(key, 0L);
            require(mined == rows, "I3", () -> mined + " transactions of " + key + " on chain, " + rows + " rows");
        }
    }

    /** I1 to its end: what can be answered is answered, and the rest has a row that says why not. */
    private void answered(TrueChain.Ask ask, TrueChain.Block block) {
        Hash32 id = ask.request();
        JobRows.Request request = world.jobs()
                .request(id)
                .orElseThrow(
                        () -> new Violation("I1", "request " + id + " of block " + block.number() + " has no row"));
        boolean answerable = id.bytes().at(0) != Sending.BAD && ask.juels() >= World.MIN_PAYMENT.longValueExact();
        boolean open = world.chain().tip().open().contains(id);
        require(
                !open || !answerable,
                "I1",
                () -> "request " + id + " of block " + block.number() + " was never answered: " + request + runsOf(id));
    }

    private String runsOf(Hash32 request) {
        return ", runs "
                + world.jobs().runs().stream()
                        .filter(run -> run.request().equals(request))
                        .toList() + ", transactions "
                + world.transactions().all().stream()
                        .filter(row -> row.wish().isPresent() && new Hash32(row.data()).equals(request))
                        .toList();
    }
}
