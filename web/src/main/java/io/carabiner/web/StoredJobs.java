package io.carabiner.web;

import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobChange;
import io.carabiner.jobs.JobError;
import io.carabiner.jobs.JobSpec;
import io.carabiner.jobs.JobSpecException;
import io.carabiner.jobs.JobTrials;
import io.carabiner.jobs.JobTrigger;
import io.carabiner.jobs.JobTriggerException;
import io.carabiner.jobs.JobVersion;
import io.carabiner.jobs.Jobs;
import io.carabiner.jobs.LintReport;
import io.carabiner.jobs.SpecFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Shows the API the node's jobs. */
record StoredJobs(Jobs jobs, JobTrials trials) implements JobCatalogue {

    private static final int ALL_JOBS_LIMIT = 100_000;

    @Override
    public Listing<JobView> list(int offset, int limit) {
        io.carabiner.jobs.Page<Job> page = jobs.list(offset, limit);
        return new Listing<>(page.items().stream().map(StoredJobs::view).toList(), page.total());
    }

    @Override
    public Optional<JobView> find(int id) {
        return jobs.find(id).map(StoredJobs::view);
    }

    @Override
    public Optional<JobView> find(UUID externalJobId) {
        return jobs.find(externalJobId).map(StoredJobs::view);
    }

    @Override
    public Map<Integer, JobView> find(Set<Integer> ids) {
        return jobs.find(ids).values().stream()
                .map(StoredJobs::view)
                .collect(Collectors.toMap(JobView::id, Function.identity()));
    }

    @Override
    public Optional<JobErrorView> error(long id) {
        return jobs.error(id).map(StoredJobs::view);
    }

    private static JobErrorView view(JobError error) {
        return new JobErrorView(
                error.id(), error.description(), error.occurrences(), error.createdAt(), error.updatedAt());
    }

    @Override
    public Creation create(String toml) {
        try {
            return new Creation.Created(view(jobs.create(toml)));
        } catch (JobSpecException e) {
            return new Creation.Refused(status(e.kind()), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public LintReport lint(String toml) {
        return trials.lint(toml);
    }

    @Override
    public Listing<Job> specs(int offset, int limit) {
        io.carabiner.jobs.Page<Job> page = jobs.list(offset, limit);
        return new Listing<>(page.items(), page.total());
    }

    @Override
    public Change update(int id, String toml) {
        return changed(() -> jobs.update(id, toml));
    }

    @Override
    public Change rollback(int id, int version) {
        return changed(() -> jobs.rollback(id, version));
    }

    @Override
    public List<JobVersion> history(int id) {
        return jobs.history(id);
    }

    @Override
    public Change pause(int id) {
        return changed(() -> jobs.pause(id));
    }

    @Override
    public Change resume(int id, boolean discard) {
        return changed(() -> jobs.resume(id, discard));
    }

    private static Change changed(Supplier<JobChange> change) {
        try {
            return switch (change.get()) {
                case JobChange.Done(Job job) -> new Change.Changed(view(job));
                case JobChange.NoSuchJob() -> new Change.Refused(404, "JobSpec not found");
                case JobChange.NoSuchVersion(int version) ->
                    new Change.Refused(404, "the job has no version " + version + ": see its history");
            };
        } catch (JobSpecException e) {
            return new Change.Refused(status(e.kind()), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public boolean dismissError(long id) {
        return jobs.dismissError(id);
    }

    @Override
    public Trial tryOut(String toml, JobTrigger trigger) {
        try {
            return new Trial.Done(trials.run(toml, trigger));
        } catch (JobSpecException e) {
            return new Trial.Refused(
                    status(e.kind()),
                    e.faults().stream().map(StoredJobs::placed).toList());
        } catch (JobTriggerException e) {
            return new Trial.Refused(422, List.of(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Trial.Refused(503, List.of("the node is stopping: the dry run was given up"));
        }
    }

    /** With its place before it, unless the text has it already. */
    static String placed(SpecFault fault) {
        String goPlace = "(" + fault.line() + ", " + fault.column() + ")";
        String place = "line " + fault.line() + ", column " + fault.column();
        boolean told = fault.message().contains(goPlace) || fault.message().contains(place);
        return fault.line() == 0 || told ? fault.message() : place + ": " + fault.message();
    }

    private static int status(JobSpecException.Kind kind) {
        return switch (kind) {
            case UNREADABLE -> 422;
            case INVALID -> 400;
            case NOT_SUPPORTED -> 501;
            case DOES_NOT_FIT -> 500;
        };
    }

    @Override
    public boolean delete(int id) {
        return jobs.delete(id);
    }

    @Override
    public List<Integer> usingBridge(String bridgeName) {
        return jobs.list(0, ALL_JOBS_LIMIT).items().stream()
                .filter(job -> job.spec().header().pipeline().bridgeNames().contains(bridgeName))
                .map(Job::id)
                .toList();
    }

    static JobView view(Job job) {
        JobSpec spec = job.spec();
        return new JobView(
                job.id(),
                job.version(),
                job.paused(),
                spec.header().externalJobId(),
                job.nameOrEmpty(),
                spec.type(),
                spec.header().schemaVersion(),
                spec.header().gasLimit().stream().boxed().findFirst(),
                spec.header().forwardingAllowed(),
                spec.header().maxTaskDuration(),
                spec.attributes(job.createdAt()),
                job.id(),
                spec.header().pipeline().source(),
                job.errors().stream().map(StoredJobs::view).toList());
    }
}
