package io.carabiner.fluxmonitor;

import io.carabiner.database.Database;
import io.carabiner.database.WriteTransaction;
import io.carabiner.jobs.RunStarter;
import io.carabiner.primitives.ChainId;
import io.carabiner.txm.EnqueueOutcome;
import io.carabiner.txm.TransactionFate;
import io.carabiner.txm.TransactionRequest;
import io.carabiner.txm.Txm;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table of submissions. */
final class SqlSubmissions implements Submissions {

    /** How many rounds of a feed are kept on record behind the newest. */
    static final int ROUNDS_KEPT = 1_000;

    private static final String OF_PLACE =
            " WHERE chain_id = :chain AND aggregator = :aggregator AND oracle = :oracle AND round_id = :round";

    private final Database database;
    private final Function<ChainId, Optional<Txm>> managers;

    SqlSubmissions(Database database, Function<ChainId, Optional<Txm>> managers) {
        this.database = database;
        this.managers = managers;
    }

    /** A row: how often the round was submitted to, and the transaction of the last time. */
    private record Row(int count, long transactionId) {

        Standing standing(Handle sql) {
            if (count == 0) {
                return Standing.NONE;
            }
            // A transaction that is gone was dropped before it was sent, or is so old that the contract knows.
            return switch (TransactionFate.of(sql, transactionId).orElse(TransactionFate.FAILED)) {
                case UNDER_WAY -> Standing.UNDER_WAY;
                case DONE -> Standing.ANSWERED;
                case FAILED -> Submissions.afterFailures(count);
            };
        }
    }

    /** The transaction was refused: nothing of the submission is kept. */
    private static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RefusedException(String reason) {
            super(reason);
        }
    }

    @Override
    public Standing standing(Place place) {
        return database.read(
                sql -> row(sql, place, "").map(row -> row.standing(sql)).orElse(Standing.NONE));
    }

    private static Optional<Row> row(Handle sql, Place place, String lock) {
        return bind(
                        sql.createQuery("SELECT count, coalesce(transaction_id, 0) AS transaction_id"
                                + " FROM carabiner.flux_monitor_submissions" + OF_PLACE + lock),
                        place)
                .map((row, context) -> new Row(row.getInt("count"), row.getLong("transaction_id")))
                .findOne();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Place place) {
        return statement
                .bind("chain", new BigDecimal(place.chain().value()))
                .bind("aggregator", place.aggregator().toArray())
                .bind("oracle", place.oracle().toArray())
                .bind("round", place.roundId());
    }

    @Override
    public Event submit(Place place, Submission submission, RunStarter runs) {
        Optional<Txm> manager = managers.apply(place.chain());
        if (manager.isEmpty()) {
            return new Event.NotSubmitted("chain id does not exist: " + place.chain());
        }
        try {
            return database.write(tx -> submit(tx, place, submission, runs, manager.get()));
        } catch (RefusedException e) {
            return new Event.NotSubmitted(String.valueOf(e.getMessage()));
        }
    }

    private static Event submit(WriteTransaction tx, Place place, Submission submission, RunStarter runs, Txm manager) {
        int count = lock(tx, place);
        if (count < 0) {
            return new Event.SubmittedBefore();
        }
        Optional<Long> run = runs.record(tx, submission.run(), submission.outcome());
        if (run.isEmpty()) {
            throw new RefusedException("the job was deleted");
        }
        long transaction = enqueue(tx, manager, submission.transaction().withIdempotencyKey(key(place, count)));
        bind(
                        tx.sql()
                                .createUpdate("UPDATE carabiner.flux_monitor_submissions SET count = count + 1,"
                                        + " run_id = :run, transaction_id = :transaction, updated_at = now()"
                                        + OF_PLACE),
                        place)
                .bind("run", run.get())
                .bind("transaction", transaction)
                .execute();
        forgetOld(tx, place);
        return new Event.Submitted();
    }

    /** Locks the place's row, made if there is none; how often it was submitted to, −1 if it may not be now. */
    private static int lock(WriteTransaction tx, Place place) {
        bind(tx.sql().createUpdate("""
                        INSERT INTO carabiner.flux_monitor_submissions (chain_id, aggregator, oracle, round_id)
                        VALUES (:chain, :aggregator, :oracle, :round) ON CONFLICT DO NOTHING"""), place).execute();
        Row row = row(tx.sql(), place, " FOR UPDATE").orElseThrow();
        return row.standing(tx.sql()).isOpen() ? row.count() : -1;
    }

    private static long enqueue(WriteTransaction tx, Txm manager, TransactionRequest request) {
        return switch (manager.enqueueAll(tx, List.of(request)).getFirst()) {
            case EnqueueOutcome.Queued(long id) -> id;
            case EnqueueOutcome.AlreadyThere(long id) ->
                throw new IllegalStateException("transaction " + id + " has the name "
                        + request.idempotencyKey().orElse("") + " already");
            case EnqueueOutcome.Refused(String code, String reason) -> throw new RefusedException(reason);
        };
    }

    /** The name is unique in the transactions too: a second guard. */
    private static String key(Place place, int count) {
        return "fluxmonitor-" + place.chain() + "-" + place.aggregator() + "-" + place.oracle() + "-" + place.roundId()
                + "-" + count;
    }

    private static void forgetOld(WriteTransaction tx, Place place) {
        bind(
                        tx.sql()
                                .createUpdate("DELETE FROM carabiner.flux_monitor_submissions WHERE chain_id = :chain"
                                        + " AND aggregator = :aggregator AND oracle = :oracle"
                                        + " AND round_id < :round - :kept"),
                        place)
                .bind("kept", ROUNDS_KEPT)
                .execute();
    }
}
