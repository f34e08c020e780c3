package io.carabiner.web;

import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobTrigger;
import io.carabiner.jobs.JobVersion;
import io.carabiner.jobs.LintReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Jobs in a list. */
final class FakeJobs implements JobCatalogue {

    final List<JobView> jobs = new ArrayList<>();
    final List<Integer> bridgeUsers = new ArrayList<>();

    /** How often several jobs were asked for at once. */
    int questions;

    /** What dry runs were given to begin with. */
    final List<JobTrigger> tried = new ArrayList<>();

    /** What every look at a spec finds. */
    LintReport nextLint = new LintReport(Optional.empty(), false, List.of(), List.of());

    final List<Job> specs = new ArrayList<>();

    /** What was asked to be changed. */
    final List<String> changes = new ArrayList<>();

    /** What every change answers. */
    Change nextChange = new Change.Refused(404, "JobSpec not found");

    /** What every job's history is. */
    List<JobVersion> history = List.of();

    /** What the next dry run answers. */
    Trial nextTrial = new Trial.Refused(422, List.of("failed to parse TOML: invalid job type"));

    /** What the next creation answers. */
    Creation next = new Creation.Refused(422, "failed to parse TOML: invalid job type");

    @Override
    public boolean dismissError(long id) {
        return id == 4;
    }

    @Override
    public Optional<JobErrorView> error(long id) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        return id == 4 ? Optional.of(new JobErrorView(4, "it broke", 2, at, at)) : Optional.empty();
    }

    @Override
    public Map<Integer, JobView> find(Set<Integer> ids) {
        questions++;
        return jobs.stream()
                .filter(job -> ids.contains(job.id()))
                .collect(Collectors.toMap(JobView::id, Function.identity()));
    }

    @Override
    public Listing<JobView> list(int offset, int limit) {
        return new Listing<>(Fakes.part(jobs, offset, limit), jobs.size());
    }

    @Override
    public Optional<JobView> find(int id) {
        return jobs.stream().filter(job -> job.id() == id).findFirst();
    }

    @Override
    public Optional<JobView> find(UUID externalJobId) {
        return jobs.stream()
                .filter(job -> job.externalJobId().equals(externalJobId))
                .findFirst();
    }

    @Override
    public Creation create(String toml) {
        if (next instanceof Creation.Created(JobView job)) {
            jobs.addFirst(job);
        }
        return next;
    }

    @Override
    public Trial tryOut(String toml, JobTrigger trigger) {
        tried.add(trigger);
        return nextTrial;
    }

    @Override
    public LintReport lint(String toml) {
        return nextLint;
    }

    @Override
    public Listing<Job> specs(int offset, int limit) {
        return new Listing<>(Fakes.part(specs, offset, limit), specs.size());
    }

    @Override
    public Change update(int id, String toml) {
        return change("update " + id + " " + toml);
    }

    @Override
    public Change rollback(int id, int version) {
        return change("rollback " + id + " " + version);
    }

    @Override
    public List<JobVersion> history(int id) {
        return find(id).isPresent() ? history : List.of();
    }

    @Override
    public Change pause(int id) {
        return change("pause " + id);
    }

    @Override
    public Change resume(int id, boolean discard) {
        return change("resume " + id + " " + discard);
    }

    private Change change(String what) {
        changes.add(what);
        return nextChange;
    }

    @Override
    public boolean delete(int id) {
        return jobs.removeIf(job -> job.id() == id);
    }

    @Override
    public List<Integer> usingBridge(String bridgeName) {
        return List.copyOf(bridgeUsers);
    }
}
