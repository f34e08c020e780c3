package io.carabiner.web;

import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobVersion;
import io.carabiner.web.JobCatalogue.Change;
import io.carabiner.web.JobCatalogue.JobView;
import java.time.Instant;
import java.util.List;

/** Changes of stored jobs. Of these the Go node has {@code PUT} only (2.15, core/web/jobs_controller.go, Update). */
final class JobChangeRoutes {

    /** The fields of a version of a job's spec. */
    record VersionAttributes(int version, boolean present, Instant since, String toml) {}

    /** The fields of a job's present spec. */
    record SpecAttributes(String name, String externalJobID, String type, int version, boolean paused, String toml) {}

    private final JobCatalogue jobs;

    JobChangeRoutes(JobCatalogue jobs) {
        this.jobs = jobs;
    }

    List<Route> routes() {
        Access edit = Access.role(Role.EDIT);
        return List.of(
                Route.get("/v2/job_specs", Access.role(Role.VIEW), this::specs),
                Route.put("/v2/jobs/:ID", edit, this::update),
                Route.get("/v2/jobs/:ID/history", Access.role(Role.VIEW), this::history),
                Route.post("/v2/jobs/:ID/rollback", edit, this::rollback),
                Route.post("/v2/jobs/:ID/pause", edit, call -> answer(jobs.pause(id(call)))),
                Route.post("/v2/jobs/:ID/resume", edit, this::resume));
    }

    private static int id(Call call) {
        return GoFormats.int32(call.parameter("ID"));
    }

    private static Answer answer(Change change) {
        return switch (change) {
            case Change.Changed(JobView job) -> JsonApi.one(JobRoutes.resource(job));
            case Change.Refused(int status, String reason) -> Answer.error(status, reason);
        };
    }

    /** All that a comparison with files needs. */
    private Answer specs(Call call) {
        Page page = Page.of(call, Page.SIZE_LARGE);
        Listing<Job> found = jobs.specs(page.offset(), page.size());
        return JsonApi.page(
                call, page, found.items().stream().map(JobChangeRoutes::spec).toList(), found.count());
    }

    private static Resource spec(Job job) {
        return new Resource(
                "jobSpecs",
                String.valueOf(job.id()),
                new SpecAttributes(
                        job.nameOrEmpty(),
                        job.spec().header().externalJobId().toString(),
                        job.spec().type(),
                        job.version(),
                        job.paused(),
                        job.toml()));
    }

    private Answer update(Call call) {
        String toml = call.json("web.UpdateJobRequest").text("toml");
        return answer(jobs.update(id(call), toml));
    }

    private Answer history(Call call) {
        List<JobVersion> versions = jobs.history(id(call));
        return versions.isEmpty()
                ? Answer.error(404, "job not found")
                : JsonApi.list(
                        200, versions.stream().map(JobChangeRoutes::resource).toList());
    }

    private static Resource resource(JobVersion version) {
        return new Resource(
                "jobVersions",
                String.valueOf(version.version()),
                new VersionAttributes(version.version(), version.present(), version.since(), version.toml()));
    }

    private Answer rollback(Call call) {
        int version = call.json("web.JobRollbackRequest")
                .find("version")
                .filter(number -> number.isInt())
                .orElseThrow(() -> WebException.refused(422, "version must be the number of an earlier version"))
                .intValue();
        return answer(jobs.rollback(id(call), version));
    }

    /** The body may be missing. */
    private Answer resume(Call call) {
        boolean discard = !call.body().isEmpty()
                && call.json("web.JobResumeRequest")
                        .find("discard")
                        .filter(value -> value.booleanValue(false))
                        .isPresent();
        return answer(jobs.resume(id(call), discard));
    }
}
