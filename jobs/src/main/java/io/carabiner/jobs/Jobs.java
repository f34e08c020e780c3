package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.pipeline.BridgeLookup;
import io.carabiner.telemetry.JobMessages;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The jobs of this node: makes, lists, finds, changes and deletes them. Safe for use by many threads. */
public final class Jobs {

    /** How long a new job may take to find out whether it can work here. */
    public static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    private final Database database;
    private final JobTypes types;
    private final JobSpecParser parser;
    private final JobAdmission admission;
    private final ActiveJobs active;
    private final StoredSpecs specs;
    private final RunStarter runs;
    private final JobChanges changes;
    private final JobMessages messages = new JobMessages();

    Jobs(
            Database database,
            JobTypes types,
            JobSpecParser parser,
            BridgeLookup bridges,
            ActiveJobs active,
            StoredSpecs specs,
            RunStarter runs,
            RunReaper reaper) {
        this.database = database;
        this.types = types;
        this.parser = parser;
        this.admission = new JobAdmission(types, parser, bridges);
        this.active = active;
        this.specs = specs;
        this.runs = runs;
        this.changes = new JobChanges(database, types, admission, active, specs, runs, reaper);
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
        JobSpec spec = admission.admit(toml, UUID::randomUUID);
        Job job = JobStore.refusals(
                () -> database.write(tx -> JobStore.insert(tx, spec, toml).job(spec)));
        activate(job);
        messages.created(job.id(), spec.type(), spec.header().externalJobId().toString());
        return job;
    }

    /**
     * Reads a spec and looks whether the job could be made here, as {@link #create} does; stores nothing.
     *
     * @throws JobSpecException with every fault that was found
     */
    JobSpec check(String toml, Supplier<UUID> externalJobId) {
        return admission.check(toml, externalJobId);
    }

    /** A job that cannot start is taken back, with its row. One that was deleted meanwhile is stopped again. */
    private void activate(Job job) {
        JobService service = types.service(job, runs);
        try {
            active.start(job, service);
        } catch (RuntimeException e) {
            active.remove(job.id(), stopped -> {});
            database.execute(tx -> JobStore.erase(tx, job.id()));
            throw JobSpecException.doesNotFit("failed to create services for job: " + e.getMessage());
        }
        if (database.read(sql -> JobStore.byId(sql, job.id())).isPresent()) {
            service.created();
        } else {
            active.remove(job.id(), stopped -> {});
        }
    }

    /**
     * Gives a job another spec under its number. The spec is stored and its service takes the place of the other's, or
     * all stays as it is. Runs that are under way end with the spec they began with; requests that have no run yet get
     * the new one. The job keeps its external id unless the spec names one.
     *
     * @throws JobSpecException if the spec is refused or the job cannot start with it; the job goes on as before
     */
    public JobChange update(int id, String toml) {
        return changes.update(id, toml);
    }

    /**
     * Gives a job the spec that it had before, as a new version.
     *
     * @throws JobSpecException as {@link #update} does
     */
    public JobChange rollback(int id, int version) {
        return changes.rollback(id, version);
    }

    /** The specs that a job has and had, the present one first; empty if there is no such job. */
    public List<JobVersion> history(int id) {
        return database.read(sql -> JobStore.versions(sql, id));
    }

    /**
     * Lets a job make no more runs until it is resumed, also after a restart; runs that are under way go on. Requests
     * on chain are stored meanwhile and wait; nothing else is made up for.
     */
    public JobChange pause(int id) {
        return changes.pause(id);
    }

    /**
     * Lets a paused job make runs again, first of the requests that wait, unless their requesters have cancelled them.
     *
     * @param discard whether the requests that wait are not answered instead
     */
    public JobChange resume(int id, boolean discard) {
        return changes.resume(id, discard);
    }

    /**
     * Deletes a job. It is gone when this returns; its runs are removed bit by bit after. Runs that are under way end
     * and send nothing more, and requests that wait are not answered. Requests that were answered stay on record, so
     * that none is answered again.
     *
     * @return false if there is no such job
     */
    public boolean delete(int id) {
        return changes.delete(id);
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

    /** Those of these jobs that there are, by number: two questions to the database, however many. */
    public Map<Integer, Job> find(Collection<Integer> ids) {
        return database.read(sql -> {
            Map<Integer, List<JobError>> errors = JobStore.errors(sql, List.copyOf(ids));
            return JobStore.byIds(sql, ids).stream()
                    .flatMap(row -> job(row, errors).stream())
                    .collect(Collectors.toMap(Job::id, Function.identity()));
        });
    }

    /** A recorded error. */
    public Optional<JobError> error(long errorId) {
        return database.read(sql -> JobStore.error(sql, errorId));
    }

    /** The job with this external id. */
    public Optional<Job> find(UUID externalJobId) {
        return database.read(sql -> withErrors(sql, JobStore.byExternalId(sql, externalJobId)));
    }

    private Optional<Job> withErrors(Handle sql, Optional<JobStore.Row> row) {
        return row.flatMap(found -> job(found, JobStore.errors(sql, List.of(found.id()))));
    }

    private Optional<Job> job(JobStore.Row row, Map<Integer, List<JobError>> errors) {
        return specs.parsed(row)
                .map(job -> new Job(
                        job.id(),
                        job.version(),
                        job.spec(),
                        job.toml(),
                        job.createdAt(),
                        job.paused(),
                        errors.getOrDefault(row.id(), List.of())));
    }

    /** Makes all stored jobs active. One that does not fit this node any more gets a job error; the others go on. */
    void activateStored() {
        List<JobStore.Row> rows = database.read(JobStore::all);
        rows.forEach(row -> specs.parsed(row).ifPresent(this::activateStored));
    }

    private void activateStored(Job job) {
        try {
            active.start(job, types.service(job, runs));
        } catch (RuntimeException e) {
            runs.jobFailed(job, String.valueOf(e.getMessage()));
        }
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
