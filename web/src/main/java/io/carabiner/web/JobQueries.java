package io.carabiner.web;

import io.carabiner.graphql.Arguments;
import io.carabiner.graphql.Batch;
import io.carabiner.graphql.Clearance;
import io.carabiner.graphql.RefusedException;
import io.carabiner.graphql.Shape;
import io.carabiner.web.JobCatalogue.JobErrorView;
import io.carabiner.web.JobCatalogue.JobView;
import io.carabiner.web.QueryFields.Part;
import io.carabiner.web.RunCatalogue.RunView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Jobs and runs over GraphQL (Go node 2.31, core/web/resolver/job.go and job_run.go). */
final class JobQueries {

    /** The Go node's most for the runs of one job. */
    private static final int RUNS_MAX = 100;

    /** The runs of a job that are asked for. */
    private record RunsOf(int jobId, Part part) {}

    private final JobCatalogue jobs;
    private final RunCatalogue runs;
    private final Batch<Integer, Shape> jobOfRun = new Batch<>("job of run", this::jobs);
    private final Batch<RunsOf, Shape> runsOfJob = new Batch<>("runs of job", this::runs);

    JobQueries(JobCatalogue jobs, RunCatalogue runs) {
        this.jobs = jobs;
        this.runs = runs;
    }

    void addTo(QueryFields fields) {
        fields.query("job", this::job);
        fields.query("jobs", this::list);
        fields.query("jobRun", this::run);
        fields.query("jobRuns", this::allRuns);
        fields.mutation("createJob", Clearance.EDIT, this::create);
        fields.mutation("deleteJob", Clearance.EDIT, this::delete);
        fields.mutation("dismissJobError", Clearance.EDIT, this::dismissError);
        fields.mutation("runJob", Clearance.RUN, JobQueries::runJob);
        fields.mutation("testJob", Clearance.EDIT, arguments -> JobTestQuery.answer(jobs, arguments.input()));
    }

    private Shape job(Arguments arguments) {
        return jobs.find(GoFormats.int32(arguments.text("id"))).map(this::shape).orElseGet(JobQueries::noJob);
    }

    private static Shape noJob() {
        return QueryFields.notFound("job not found");
    }

    private Shape list(Arguments arguments) {
        Part part = Part.of(arguments, QueryFields.PAGE_MAX);
        Listing<JobView> found = jobs.list(part.offset(), part.limit());
        return QueryFields.page(
                "JobsPayload", found.items().stream().map(this::shape).toList(), found.count());
    }

    private Shape run(Arguments arguments) {
        return runs.find(GoFormats.int64(arguments.text("id")))
                .map(this::shape)
                .orElseGet(() -> QueryFields.notFound("job run not found"));
    }

    private Shape allRuns(Arguments arguments) {
        Part part = Part.of(arguments, QueryFields.PAGE_MAX);
        return page(runs.list(OptionalInt.empty(), part.offset(), part.limit()));
    }

    private Shape page(Listing<RunView> found) {
        return QueryFields.page(
                "JobRunsPayload", found.items().stream().map(this::shape).toList(), found.count());
    }

    private Map<Integer, Shape> jobs(Set<Integer> ids) {
        return jobs.find(ids).values().stream().collect(Collectors.toMap(JobView::id, this::shape));
    }

    /** All that are asked for with one offset and limit at once: a document seldom has more than one pair. */
    private Map<RunsOf, Shape> runs(Set<RunsOf> wanted) {
        Map<RunsOf, Shape> pages = new HashMap<>();
        wanted.stream()
                .collect(Collectors.groupingBy(RunsOf::part, Collectors.mapping(RunsOf::jobId, Collectors.toSet())))
                .forEach((part, ids) -> runs.list(ids, part.offset(), part.limit())
                        .forEach((id, found) -> pages.put(new RunsOf(id, part), page(found))));
        return pages;
    }

    private Shape create(Arguments arguments) {
        return switch (jobs.create(arguments.input().text("TOML"))) {
            case JobCatalogue.Creation.Created(JobView job) ->
                Shape.of("CreateJobSuccess").with("job", shape(job));
            case JobCatalogue.Creation.Refused(int status, String reason)
            when status == 422 -> QueryFields.inputErrors("TOML spec", List.of(reason));
            case JobCatalogue.Creation.Refused(int status, String reason)
            when status == 500 -> throw new RefusedException("CreateJobFailed: " + reason);
            case JobCatalogue.Creation.Refused(int status, String reason) -> throw new RefusedException(reason);
        };
    }

    private Shape delete(Arguments arguments) {
        int id = GoFormats.int32(arguments.text("id"));
        Optional<JobView> job = jobs.find(id);
        return job.isPresent() && jobs.delete(id)
                ? Shape.of("DeleteJobSuccess").with("job", shape(job.get()))
                : noJob();
    }

    private Shape dismissError(Arguments arguments) {
        long id = GoFormats.int64(arguments.text("id"));
        Optional<JobErrorView> error = jobs.error(id);
        return error.isPresent() && jobs.dismissError(id)
                ? Shape.of("DismissJobErrorSuccess").with("jobError", shape(error.get()))
                : QueryFields.notFound("JobSpecError not found");
    }

    /** As release builds of the Go node. */
    private static Shape runJob(Arguments arguments) {
        GoFormats.int32(arguments.text("id"));
        throw new RefusedException("manual job runs not supported on secure builds");
    }

    private Shape shape(JobView job) {
        return Shape.of("Job")
                .with("id", String.valueOf(job.id()))
                .with("name", job.name())
                .with("schemaVersion", job.schemaVersion())
                .with("gasLimit", job.gasLimit())
                .with("forwardingAllowed", job.forwardingAllowed())
                .with("maxTaskDuration", GoFormats.duration(job.maxTaskDuration()))
                .with("externalJobID", job.externalJobId().toString())
                .with("type", job.type())
                .with("spec", JobShapes.spec(job))
                .with("runs", (Shape.Field) asked -> runsOfJob.of(new RunsOf(job.id(), Part.of(asked, RUNS_MAX))))
                .with("observationSource", job.dotDagSource())
                .with("errors", job.errors().stream().map(JobQueries::shape).toList())
                .with("createdAt", job.ownFields().get("createdAt"));
    }

    private static Shape shape(JobErrorView error) {
        return Shape.of("JobError")
                .with("id", String.valueOf(error.id()))
                .with("description", error.description())
                .with("occurrences", error.occurrences())
                .with("createdAt", error.createdAt())
                .with("updatedAt", error.updatedAt());
    }

    private Shape shape(RunView run) {
        return JobShapes.run(run).with("job", jobOfRun.of(run.jobId()));
    }
}
