package io.carabiner.guards;

import io.carabiner.database.Database;
import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.txm.TransactionCosts;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * What was spent today on one chain. Safe for use by many threads.
 *
 * <p>A transaction that was let through counts from that moment on, as a reservation in memory; with its nonce it is
 * stored, and once it is mined its receipt replaces the most it could cost. Between the commit and the end of the
 * reservation it may count twice: at the edge of a limit this errs on the side of not spending.
 */
final class SpendLedger {

    /** A reservation whose transaction got no nonce in this time counts no more. */
    static final Duration RESERVATION_MAX = Duration.ofMinutes(10);

    /** How long receipts are left alone before they are looked at again. */
    static final Duration CORRECTION_PAUSE = Duration.ofSeconds(5);

    /** How often what is stored may change while it is read. */
    private static final int READS_MAX = 10;

    private final Database database;
    private final TransactionCosts costs;
    private final TimeSource time;
    private final SpendTables tables;

    /** Guards {@link #reserved} and {@link #edition}; never held while the database is asked. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Long, Reservation> reserved = new HashMap<>();
    /** Counts the reservations that became rows: what was read before such a moment is not all that was spent. */
    private long edition;

    private final ReentrantLock correcting = new ReentrantLock();
    private long correctNotBeforeNanos;

    private record Reservation(Commitment commitment, long untilNanos) {}

    SpendLedger(Database database, TransactionCosts costs, ChainId chain, TimeSource time) {
        this.database = database;
        this.costs = costs;
        this.time = time;
        this.tables = new SpendTables(chain);
        this.correctNotBeforeNanos = time.monotonicNanos();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
    }

    /** Says no with a reason, or nothing. */
    interface Judge {
        Optional<Refusal> judge(Candidate candidate, Function<Spender, BigInteger> spentToday);
    }

    /**
     * Decides about candidates one after the other, each knowing what those before it would spend, and reserves what is
     * let through.
     *
     * @return the refusals by the ids of their candidates
     */
    Map<Long, Refusal> decide(List<Candidate> candidates, Judge judge) {
        Set<Spender> spenders = new HashSet<>();
        candidates.forEach(one -> spenders.addAll(one.spenders()));
        for (int i = 0; i < READS_MAX; i++) {
            long before = edition();
            LocalDate day = today();
            Map<Spender, BigInteger> stored = database.read(sql -> tables.spent(sql, day, spenders));
            lock.lock();
            try {
                if (edition == before) {
                    return decideLocked(candidates, judge, day, stored);
                }
            } finally {
                lock.unlock();
            }
        }
        throw new IllegalStateException("what was spent changes faster than it can be read");
    }

    private long edition() {
        lock.lock();
        try {
            return edition;
        } finally {
            lock.unlock();
        }
    }

    private Map<Long, Refusal> decideLocked(
            List<Candidate> candidates, Judge judge, LocalDate day, Map<Spender, BigInteger> stored) {
        long now = time.monotonicNanos();
        candidates.forEach(candidate -> reserved.remove(candidate.id()));
        reserved.values().removeIf(one -> one.untilNanos() - now <= 0);
        Map<Spender, BigInteger> spent = new HashMap<>(stored);
        reserved.values().forEach(one -> count(spent, day, one.commitment()));
        Map<Long, Refusal> refusals = new HashMap<>();
        for (Candidate candidate : candidates) {
            Optional<Refusal> refusal = judge.judge(candidate, spender -> spent.getOrDefault(spender, BigInteger.ZERO));
            if (refusal.isPresent()) {
                refusals.put(candidate.id(), refusal.get());
            } else {
                Commitment commitment = new Commitment(candidate.id(), day, candidate.spenders(), candidate.cost());
                reserved.put(candidate.id(), new Reservation(commitment, now + RESERVATION_MAX.toNanos()));
                count(spent, day, commitment);
            }
        }
        return refusals;
    }

    /** What would be decided about a candidate now; nothing is reserved. */
    Optional<Refusal> foresee(Candidate candidate, Judge judge) {
        LocalDate day = today();
        Map<Spender, BigInteger> spent =
                new HashMap<>(database.read(sql -> tables.spent(sql, day, Set.copyOf(candidate.spenders()))));
        lock.lock();
        try {
            reserved.values().forEach(one -> count(spent, day, one.commitment()));
        } finally {
            lock.unlock();
        }
        return judge.judge(candidate, spender -> spent.getOrDefault(spender, BigInteger.ZERO));
    }

    private static void count(Map<Spender, BigInteger> spent, LocalDate day, Commitment commitment) {
        if (commitment.day().equals(day)) {
            commitment.spenders().forEach(spender -> spent.merge(spender, commitment.wei(), BigInteger::add));
        }
    }

    /** Stores what was reserved for transactions that get their nonces in this write transaction. */
    void store(WriteTransaction tx, Collection<Long> ids) {
        List<Commitment> commitments = reservations(ids);
        if (!commitments.isEmpty()) {
            tables.add(tx, commitments);
            tx.afterCommit(() -> release(commitments));
        }
    }

    private List<Commitment> reservations(Collection<Long> ids) {
        lock.lock();
        try {
            return ids.stream()
                    .flatMap(id -> Optional.ofNullable(reserved.get(id)).stream())
                    .map(Reservation::commitment)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private void release(List<Commitment> commitments) {
        lock.lock();
        try {
            commitments.forEach(one -> reserved.remove(one.id()));
            edition++;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Replaces what transactions could cost by what they did cost, as far as receipts are there, and else by what they
     * can cost after bumps; now and then.
     */
    void correct() {
        if (!correcting.tryLock()) {
            return;
        }
        try {
            long now = time.monotonicNanos();
            if (correctNotBeforeNanos - now <= 0) {
                correctNotBeforeNanos = now + CORRECTION_PAUSE.toNanos();
                correctAll();
            }
        } finally {
            correcting.unlock();
        }
    }

    /** A bump is not asked about, but what it may cost counts. */
    private void raiseBumped(List<Commitment> underWay) {
        Map<Long, Wei> most = costs.most(underWay.stream().map(Commitment::id).toList());
        Map<Commitment, BigInteger> raised = new HashMap<>();
        for (Commitment one : underWay) {
            Wei now = most.get(one.id());
            if (now != null && now.amount().compareTo(one.wei()) > 0) {
                raised.put(one, now.amount());
            }
        }
        if (!raised.isEmpty()) {
            database.execute(tx -> tables.raise(tx, raised));
        }
    }

    private void correctAll() {
        List<Commitment> open = database.read(tables::open);
        Map<Long, Wei> known = costs.of(open.stream().map(Commitment::id).toList());
        raiseBumped(open.stream().filter(one -> !known.containsKey(one.id())).toList());
        Map<Commitment, BigInteger> found = new HashMap<>();
        for (Commitment one : open) {
            Wei cost = known.get(one.id());
            if (cost != null) {
                found.put(one, cost.amount());
            }
        }
        if (!found.isEmpty()) {
            database.execute(tx -> tables.correct(tx, found, today()));
        }
    }
}
