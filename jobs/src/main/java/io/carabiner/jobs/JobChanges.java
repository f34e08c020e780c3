package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.telemetry.JobMessages;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Changes stored jobs. A spec is stored first and its service begins then, one change at a time, so that rows and
 * services agree; what may take long (chains, adapters) is asked before. Thread-safe.
 */
final class JobChanges {

    /** Why the requests of a job that were not begun yet are not answered. */
    static final String DELETED = "the job was deleted";

    private static final String DISCARDED = "it came while the job was paused, and was discarded at the resumption";

    private final Database database;
    private final JobTypes types;
    private final JobAdmission admission;
    private final ActiveJobs active;
    private final StoredSpecs specs;
    private final RunStarter runs;
    private final RunReaper reaper;
    private final JobMessages messages = new JobMessages();
    private final ReentrantLock oneAtATime = new ReentrantLock();

    JobChanges(
            Database database,
            JobTypes types,
            JobAdmission admission,
            ActiveJobs active,
            StoredSpecs specs,
            RunStarter runs,
            RunReaper reaper) {
        this.database = database;
        this.types = types;
        this.admission = admission;
        this.active = active;
        this.specs = specs;
        this.runs = runs;
        this.reaper = reaper;
    }

    private Optional<JobStore.Row> row(int id) {
        return database.read(sql -> JobStore.byId(sql, id));
    }

    private <T> T alone(Supplier<T> change) {
        oneAtATime.lock();
        try {
            return change.get();
        } finally {
            oneAtATime.unlock();
        }
    }

    JobChange update(int id, String toml) {
        Optional<JobStore.Row> seen = row(id);
        JobSpec spec = admission.admit(
                toml, () -> seen.map(JobStore.Row::externalJobId).orElseGet(UUID::randomUUID));
        return alone(() -> row(id).map(old -> replace(old, spec, toml)).orElseGet(JobChange.NoSuchJob::new));
    }

    JobChange rollback(int id, int version) {
        if (row(id).isEmpty()) {
            return new JobChange.NoSuchJob();
        }
        Optional<JobStore.Row> old = database.read(sql -> JobStore.byVersion(sql, id, version));
        if (old.isEmpty()) {
            return new JobChange.NoSuchVersion(version);
        }
        JobSpec spec = admission.admit(old.get().toml(), old.get()::externalJobId);
        return alone(
                () -> row(id).map(now -> replace(now, spec, old.get().toml())).orElseGet(JobChange.NoSuchJob::new));
    }

    private JobChange replace(JobStore.Row old, JobSpec spec, String toml) {
        boolean same = old.toml().equals(toml)
                && old.externalJobId().equals(spec.header().externalJobId());
        Optional<Job> present = specs.parsed(old);
        if (same && present.isPresent()) {
            return new JobChange.Done(present.get());
        }
        Job job = stored(old.id(), spec, toml);
        try {
            begin(job, present);
        } catch (RuntimeException e) {
            present.ifPresent(before -> stored(old.id(), before.spec(), old.toml()));
            throw JobSpecException.doesNotFit("failed to create services for job: " + e.getMessage());
        }
        messages.changed(job.id(), job.version());
        return new JobChange.Done(job);
    }

    private Job stored(int id, JobSpec spec, String toml) {
        return JobStore.refusals(() -> database.write(tx -> JobStore.replace(tx, id, spec, toml)))
                .map(row -> row.job(spec))
                .orElseThrow(() -> new IllegalStateException("job " + id + " was deleted while it was changed"));
    }

    private void begin(Job job, Optional<Job> before) {
        JobService service = types.service(job, runs);
        Optional<JobService> replaced = active.replace(job, service);
        boolean sameType = before.filter(
                        old -> old.spec().type().equals(job.spec().type()))
                .isPresent();
        if (replaced.isPresent() && sameType) {
            service.changed(replaced.get());
        } else {
            replaced.ifPresent(JobService::deleted);
            service.created();
        }
    }

    JobChange pause(int id) {
        return alone(() -> {
            Optional<Job> job = paused(id, true, false);
            job.ifPresent(active::pause);
            job.ifPresent(paused -> messages.paused(id));
            return job.<JobChange>map(JobChange.Done::new).orElseGet(JobChange.NoSuchJob::new);
        });
    }

    JobChange resume(int id, boolean discard) {
        return alone(() -> {
            boolean wasPaused = row(id).filter(JobStore.Row::paused).isPresent();
            Optional<Job> job = paused(id, false, discard && wasPaused);
            job.filter(any -> wasPaused).ifPresent(this::goOn);
            return job.<JobChange>map(JobChange.Done::new).orElseGet(JobChange.NoSuchJob::new);
        });
    }

    private Optional<Job> paused(int id, boolean paused, boolean discard) {
        return database.write(tx -> {
                    if (discard) {
                        RequestStore.refuseWaiting(tx, id, DISCARDED);
                    }
                    return JobStore.pause(tx, id, paused);
                })
                .flatMap(specs::parsed);
    }

    /** As at a start of the node: what cannot begin is a job error, and the job is not paused any more. */
    private void goOn(Job job) {
        JobService service = types.service(job, runs);
        try {
            active.replace(job, service);
            service.resumed();
        } catch (RuntimeException e) {
            runs.jobFailed(job, String.valueOf(e.getMessage()));
        }
        messages.resumed(job.id());
    }

    boolean delete(int id) {
        return alone(() -> {
            boolean deleted = database.write(tx -> {
                tx.afterCommit(() -> active.remove(id, JobService::deleted));
                return DeletedJobs.mark(tx, id, DELETED);
            });
            if (deleted) {
                specs.forget(id);
                reaper.jobDeleted();
                messages.deleted(id);
            }
            return deleted;
        });
    }
}
