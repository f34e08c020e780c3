package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.database.DatabaseException;
import io.carabiner.database.FencedException;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.JobMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores what executions brought, all that are ready in one write transaction, together with the transactions they want
 * sent. One thread owns the writing; anybody may put.
 */
final class RunWriter implements AutoCloseable {

    /** How many outcomes one transaction stores at most. */
    static final int GROUP_MAX = 250;

    /** The pause before a group is tried again when the database cannot be reached. */
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

    private record Entry(Execution execution, Consumer<Execution> stored) {}

    private final Database database;
    private final OutcomeStore store;
    private final TimeSource time;
    private final BlockingQueue<Entry> ready;
    private final JobMessages messages = new JobMessages();
    private @Nullable Thread thread;

    /**
     * A writer that is not started.
     *
     * @param queueDepth {@code JobPipeline.ResultWriteQueueDepth}: how many outcomes may wait, further ones hold up
     *     their runs
     */
    RunWriter(Database database, OutcomeStore store, TimeSource time, int queueDepth) {
        this.database = database;
        this.store = store;
        this.time = time;
        this.ready = new ArrayBlockingQueue<>(Math.max(1, queueDepth));
    }

    void start() {
        thread = Thread.ofVirtual().name("run-writer").start(this::writeUntilStopped);
    }

    /**
     * Hands over an outcome; waits while the queue is full.
     *
     * @param stored told after the commit, with the run as it was stored
     */
    void put(Execution execution, Consumer<Execution> stored) throws InterruptedException {
        ready.put(new Entry(execution, stored));
    }

    private void writeUntilStopped() {
        try {
            while (true) {
                List<Entry> group = new ArrayList<>();
                group.add(ready.take());
                ready.drainTo(group, GROUP_MAX - 1);
                write(group);
            }
        } catch (InterruptedException | StoppedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A value that cannot be stored must not cost the others of its group theirs: then each is stored alone. */
    private void write(List<Entry> group) throws InterruptedException {
        try {
            writeTogether(group);
        } catch (StoppedException e) {
            throw e;
        } catch (RuntimeException e) {
            for (Entry entry : group) {
                writeAlone(entry);
            }
        }
    }

    private void writeTogether(List<Entry> group) throws InterruptedException {
        List<Execution> executions = group.stream().map(Entry::execution).toList();
        List<Execution> stored = writeWhenReachable(executions);
        for (int i = 0; i < group.size(); i++) {
            group.get(i).stored().accept(stored.get(i));
        }
    }

    private void writeAlone(Entry entry) throws InterruptedException {
        try {
            writeTogether(List.of(entry));
        } catch (StoppedException e) {
            throw e;
        } catch (RuntimeException e) {
            Execution execution = entry.execution();
            String reason = "the run's result cannot be stored: " + e.getMessage();
            messages.runNotStorable(execution.runId(), execution.job().id(), reason);
            writeTogether(
                    List.of(new Entry(Execution.failed(execution.runId(), execution.job(), reason), entry.stored())));
        }
    }

    private List<Execution> writeWhenReachable(List<Execution> group) throws InterruptedException {
        while (true) {
            try {
                return database.write(tx -> store.store(tx, group));
            } catch (FencedException e) {
                throw new StoppedException(e);
            } catch (DatabaseException e) {
                if (e.code().equals("DATABASE_CLOSED")) {
                    throw new StoppedException(e);
                }
                if (!e.isPassing()) {
                    throw e;
                }
                messages.runsNotStoredYet(group.size(), String.valueOf(e.getMessage()));
                time.sleep(RETRY_PAUSE);
            }
        }
    }

    /** Stops. What was not stored stands as running in the database and is executed again at the next start. */
    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** The database takes no more writes from this process. */
    private static final class StoppedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StoppedException(DatabaseException cause) {
            super(cause);
        }
    }
}
