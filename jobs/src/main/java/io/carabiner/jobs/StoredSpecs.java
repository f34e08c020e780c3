package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.telemetry.JobMessages;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The job behind a run, with the spec that the run began with: that of the active job, as a rule; one that was replaced
 * meanwhile is read again from its text. Thread-safe.
 */
final class StoredSpecs {

    /** How many replaced specs are held as read. */
    static final int HELD_MAX = 64;

    private record Key(int jobId, int version) {}

    private final Database database;
    private final ActiveJobs active;
    private final JobSpecParser parser;
    private final JobMessages messages = new JobMessages();
    private final Map<Key, Job> held = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Job> eldest) {
            return size() > HELD_MAX;
        }
    };

    StoredSpecs(Database database, ActiveJobs active, JobSpecParser parser) {
        this.database = database;
        this.active = active;
        this.parser = parser;
    }

    /** Empty if the job is gone, or its spec cannot be read any more. */
    Optional<Job> find(int jobId, int version) {
        return known(jobId, version).or(() -> database.read(sql -> read(sql, jobId, version)));
    }

    /** The same for a caller who is in a transaction. */
    Optional<Job> find(Handle sql, int jobId, int version) {
        return known(jobId, version).or(() -> read(sql, jobId, version));
    }

    private Optional<Job> known(int jobId, int version) {
        Optional<Job> present = active.find(jobId).filter(job -> job.version() == version);
        if (present.isPresent()) {
            return present;
        }
        synchronized (held) {
            return Optional.ofNullable(held.get(new Key(jobId, version)));
        }
    }

    private Optional<Job> read(Handle sql, int jobId, int version) {
        Optional<Job> job = JobStore.byVersion(sql, jobId, version).flatMap(this::parsed);
        job.ifPresent(found -> {
            synchronized (held) {
                held.put(new Key(jobId, version), found);
            }
        });
        return job;
    }

    /**
     * A row as a job without errors. The spec of an active job is read already; another's is read from its text, or
     * refused with a message.
     */
    Optional<Job> parsed(JobStore.Row row) {
        try {
            return Optional.of(row.job(known(row.id(), row.version())
                    .map(Job::spec)
                    .orElseGet(() -> parser.parse(row.toml(), row::externalJobId))));
        } catch (JobSpecException e) {
            messages.unreadable(row.id(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** A job that was deleted has no specs any more. */
    void forget(int jobId) {
        synchronized (held) {
            held.keySet().removeIf(key -> key.jobId() == jobId);
        }
    }
}
