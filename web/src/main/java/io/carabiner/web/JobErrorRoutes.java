package io.carabiner.web;

import java.util.List;

/** Errors that jobs collected, once somebody has seen them (Go node 2.15, core/web/pipeline_job_spec_errors). */
final class JobErrorRoutes {

    private final JobCatalogue jobs;

    JobErrorRoutes(JobCatalogue jobs) {
        this.jobs = jobs;
    }

    List<Route> routes() {
        return List.of(Route.delete("/v2/pipeline/job_spec_errors/:ID", Access.role(Role.EDIT), this::dismiss));
    }

    private Answer dismiss(Call call) {
        if (!jobs.dismissError(GoFormats.int64(call.parameter("ID")))) {
            throw WebException.refused(404, "PipelineJobSpecError not found");
        }
        return Answer.noContent();
    }
}
