package io.carabiner.web;

import io.carabiner.jobs.JobTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Jobs in a list. */
final class FakeJobs implements JobCatalogue {

    final List<JobView> jobs = new ArrayList<>();
    final List<Integer> bridgeUsers = new ArrayList<>();

    /** What dry runs were given to begin with. */
    final List<JobTrigger> tried = new ArrayList<>();

    /** What the next dry run answers. */
    Trial nextTrial = new Trial.Refused(422, List.of("failed to parse TOML: invalid job type"));

    /** What the next creation answers. */
    Creation next = new Creation.Refused(422, "failed to parse TOML: invalid job type");

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
    public boolean delete(int id) {
        return jobs.removeIf(job -> job.id() == id);
    }

    @Override
    public List<Integer> usingBridge(String bridgeName) {
        return List.copyOf(bridgeUsers);
    }
}
