package io.carabiner.web;

import io.carabiner.jobs.DeadRequest;
import io.carabiner.jobs.JobTrials;
import io.carabiner.jobs.JobTriggerException;
import io.carabiner.jobs.JobsRoom;
import io.carabiner.jobs.OracleResponses;
import io.carabiner.jobs.OutsideAnswer;
import io.carabiner.jobs.ResumeOutcome;
import io.carabiner.jobs.RetryOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** Shows the API the node's runs. */
record StoredRuns(JobsRoom jobs, OracleResponses responses, JobTrials trials) implements RunCatalogue {

    @Override
    public Listing<RunView> list(OptionalInt jobId, int offset, int limit) {
        io.carabiner.jobs.Page<io.carabiner.jobs.RunView> page = jobs.runs().list(jobId, offset, limit);
        return new Listing<>(page.items().stream().map(StoredRuns::view).toList(), page.total());
    }

    @Override
    public Map<Integer, Listing<RunView>> list(Set<Integer> jobIds, int offset, int limit) {
        Map<Integer, Listing<RunView>> listings = new HashMap<>();
        jobs.runs()
                .list(jobIds, offset, limit)
                .forEach((id, page) -> listings.put(
                        id,
                        new Listing<>(
                                page.items().stream().map(StoredRuns::view).toList(), page.total())));
        return listings;
    }

    @Override
    public Optional<RunView> find(long id) {
        return jobs.runs().find(id).map(StoredRuns::view);
    }

    @Override
    public ResumeOutcome resume(UUID taskRun, OutsideAnswer answer) {
        return jobs.resume(taskRun, answer);
    }

    @Override
    public RetryOutcome retry(long id) {
        return jobs.retry(id, responses);
    }

    @Override
    public Replayed replay(long id) {
        try {
            return trials.replay(id, jobs.runs())
                    .<Replayed>map(Replayed.Done::new)
                    .orElseGet(() -> new Replayed.Refused(404, "run not found"));
        } catch (JobTriggerException e) {
            return new Replayed.Refused(422, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Replayed.Refused(503, "the node is stopping: the dry run was given up");
        }
    }

    @Override
    public Listing<DeadRequest> dead(int offset, int limit) {
        io.carabiner.jobs.Page<DeadRequest> page = jobs.deadRequests(offset, limit);
        return new Listing<>(page.items(), page.total());
    }

    static RunView view(io.carabiner.jobs.RunView run) {
        return new RunView(
                run.id(),
                run.jobId(),
                run.state(),
                run.jobId(),
                run.dotDagSource(),
                run.outputs().flatMap(RunTexts::outputs),
                run.fatalErrors().map(RunTexts::errors),
                run.allErrors().map(RunTexts::errors).orElse(List.of()).stream()
                        .flatMap(Optional::stream)
                        .toList(),
                RunTexts.verbatim(run.inputs()),
                run.taskRuns().stream()
                        .map(task -> new TaskRunView(
                                task.id(),
                                task.type(),
                                task.createdAt(),
                                task.finishedAt(),
                                task.output(),
                                task.error(),
                                task.dotId()))
                        .toList(),
                run.createdAt(),
                run.finishedAt());
    }
}
