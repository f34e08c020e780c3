package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.database.DatabaseException;
import io.carabiner.jobs.JobSpecException.Kind;
import io.carabiner.pipeline.BridgeLookup;
import io.carabiner.telemetry.JobMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;

/** The jobs of this node: makes, lists, finds and deletes them. Safe for use by many threads. */
public final class Jobs {

    /** How long a new job may take to find out whether it can work here. */
    public static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    private final Database database;
    private final JobTypes types;
    private final JobSpecParser parser;
    private final BridgeLookup bridges;
    private final ActiveJobs active;
    private final RunStarter runs;
    private final JobMessages messages = new JobMessages();

    Jobs(Database database, JobTypes types, BridgeLookup bridges, ActiveJobs active, RunStarter runs) {
        this.database = database;
        this.types = types;
        this.parser = new JobSpecParser(types);
        this.bridges = bridges;
        this.active = active;
        this.runs = runs;
    }

    /** Reads specs of the types that run here. */
    public JobSpecParser parser() {
        return parser;
    }

    /**
     * Stores a job and makes it active. Either both happen or neither; other jobs are not held up meanwhile.
     *
     * @throws JobSpecException if the spec is refused or the job cannot start; nothing is stored
     */
    public Job create(String toml) {
        JobSpec spec = parser.parse(toml);
        checkBridges(spec);
        probe(spec);
        Job job = store(spec, toml);
        activate(job);
        messages.created(job.id(), spec.type(), spec.header().externalJobId().toString());
        return job;
    }

    /**
     * Reads a spec and looks whether the job could be made here, as {@link #create} does; stores nothing.
     *
     * @throws JobSpecException with every fault that was found
     */
    JobSpec check(String toml) {
        JobSpec spec = parser.parse(toml);
        List<SpecFault> faults = new ArrayList<>();
        collect(faults, () -> checkBridges(spec));
        collect(faults, () -> probe(spec));
        if (!faults.isEmpty()) {
            throw new JobSpecException(Kind.DOES_NOT_FIT, faults);
        }
        return spec;
    }

    private static void collect(List<SpecFault> faults, Runnable check) {
        try {
            check.run();
        } catch (JobSpecException e) {
            faults.addAll(e.faults());
        }
    }

    private void probe(JobSpec spec) {
        try {
            TimeLimit.within(PROBE_TIMEOUT, "probe-" + spec.header().externalJobId(), () -> types.probe(spec));
        } catch (TimeoutException e) {
            throw JobSpecException.doesNotFit("failed to create services for job: no answer from what the job needs"
                    + " within " + PROBE_TIMEOUT.toSeconds() + " s; see the log, and create it again when it answers");
        }
    }

    private Job store(JobSpec spec, String toml) {
        try {
            return database.write(tx -> {
                JobStore.Row row = JobStore.insert(tx, spec, toml);
                return new Job(row.id(), spec, toml, row.createdAt(), List.of());
            });
        } catch (DatabaseException e) {
            if (e.sqlState().filter(Jobs::isRefusalOfValues).isPresent()) {
                throw new JobSpecException(
                        Kind.DOES_NOT_FIT, "CreateJobFailed: failed to insert job: " + e.getMessage());
            }
            throw e;
        }
    }

    /** A name or id that is taken, a name that is too long, text that cannot be stored. */
    private static boolean isRefusalOfValues(String sqlState) {
        return sqlState.startsWith("22") || sqlState.startsWith("23");
    }

    /** A job that cannot start is taken back, with its row. One that was deleted meanwhile is stopped again. */
    private void activate(Job job) {
        JobService service = types.service(job, runs);
        try {
            active.start(job, service);
        } catch (RuntimeException e) {
            active.remove(job.id(), stopped -> {});
            database.execute(tx -> JobStore.delete(tx, job.id()));
            throw JobSpecException.doesNotFit("failed to create services for job: " + e.getMessage());
        }
        if (database.read(sql -> JobStore.byId(sql, job.id())).isPresent()) {
            service.created();
        } else {
            active.remove(job.id(), stopped -> {});
        }
    }

    private void checkBridges(JobSpec spec) {
        List<String> asked = spec.header().pipeline().bridgeNames();
        List<String> existing = new ArrayList<>(asked);
        existing.removeIf(name -> bridges.bridge(name).isEmpty());
        if (existing.size() < asked.size()) {
            throw JobSpecException.doesNotFit(
                    "not all bridges exist, asked for " + listed(asked) + ", exists " + listed(existing));
        }
    }

    private static String listed(List<String> names) {
        return "[" + String.join(" ", names) + "]";
    }

    /** A part of all jobs, newest first. */
    public Page<Job> list(int offset, int limit) {
        return database.read(sql -> {
            List<JobStore.Row> rows = JobStore.page(sql, offset, limit);
            Map<Integer, List<JobError>> errors =
                    JobStore.errors(sql, rows.stream().map(JobStore.Row::id).toList());
            return new Page<>(
                    rows.stream()
                            .map(row -> job(row, errors))
                            .flatMap(Optional::stream)
                            .toList(),
                    JobStore.count(sql));
        });
    }

    /** The job with this number. */
    public Optional<Job> find(int id) {
        return database.read(sql -> withErrors(sql, JobStore.byId(sql, id)));
    }

    /** The job with this external id. */
    public Optional<Job> find(UUID externalJobId) {
        return database.read(sql -> withErrors(sql, JobStore.byExternalId(sql, externalJobId)));
    }

    private Optional<Job> withErrors(Handle sql, Optional<JobStore.Row> row) {
        return row.flatMap(found -> job(found, JobStore.errors(sql, List.of(found.id()))));
    }

    private Optional<Job> job(JobStore.Row row, Map<Integer, List<JobError>> errors) {
        List<JobError> own = errors.getOrDefault(row.id(), List.of());
        return readSpec(row).map(spec -> new Job(row.id(), spec, row.toml(), row.createdAt(), own));
    }

    /** The spec of an active job is read already; another's is read from its text, or refused with a message. */
    private Optional<JobSpec> readSpec(JobStore.Row row) {
        Optional<JobSpec> known = active.find(row.id()).map(Job::spec);
        if (known.isPresent()) {
            return known;
        }
        try {
            return Optional.of(parser.parse(row.toml(), row::externalJobId));
        } catch (JobSpecException e) {
            messages.unreadable(row.id(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Makes all stored jobs active. One that does not fit this node any more gets a job error; the others go on. */
    void activateStored() {
        List<JobStore.Row> rows = database.read(JobStore::all);
        for (JobStore.Row row : rows) {
            readSpec(row)
                    .ifPresent(spec -> activateStored(new Job(row.id(), spec, row.toml(), row.createdAt(), List.of())));
        }
    }

    private void activateStored(Job job) {
        try {
            active.start(job, types.service(job, runs));
        } catch (RuntimeException e) {
            runs.jobFailed(job, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Deletes a job with its runs. Requests that were answered stay on record, so that none is answered again.
     *
     * @return false if there is no such job
     */
    public boolean delete(int id) {
        boolean deleted = database.write(tx -> {
            tx.afterCommit(() -> active.remove(id, JobService::deleted));
            return JobStore.delete(tx, id);
        });
        if (deleted) {
            messages.deleted(id);
        }
        return deleted;
    }

    /** Notes what is wrong with a job; the same text again is counted. A job that is gone has none. */
    public void noteError(int jobId, String description) {
        database.execute(tx -> JobStore.recordError(tx, jobId, description));
    }

    /** Removes a recorded error; false if there is none with this number. */
    public boolean dismissError(long errorId) {
        return database.<Boolean>write(tx -> JobStore.dismissError(tx, errorId));
    }
}
