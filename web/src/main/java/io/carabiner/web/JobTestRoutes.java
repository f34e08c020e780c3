package io.carabiner.web;

import io.carabiner.jobs.JobHeader;
import io.carabiner.jobs.JobSpec;
import io.carabiner.jobs.JobTrials.Report;
import io.carabiner.jobs.JobTrigger;
import io.carabiner.jobs.LintReport;
import io.carabiner.primitives.Hash32;
import io.carabiner.web.JobCatalogue.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tries a job out without making it. Carabiner's own: the Go node has no such routes. */
final class JobTestRoutes {

    private final JobCatalogue jobs;

    JobTestRoutes(JobCatalogue jobs) {
        this.jobs = jobs;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v2/jobs/test", Access.role(Role.EDIT), this::test),
                Route.post("/v2/jobs/lint", Access.role(Role.EDIT), this::lint));
    }

    /** A spec that is refused is an answer too, not an error of the call. */
    private Answer lint(Call call) {
        LintReport report = jobs.lint(call.json("web.JobLintRequest").text("toml"));
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        Optional<JobHeader> header = report.spec().map(JobSpec::header);
        attributes.put("name", header.flatMap(JobHeader::name).orElse(null));
        attributes.put(
                "externalJobID",
                header.filter(any -> report.hasExternalId())
                        .map(JobHeader::externalJobId)
                        .orElse(null));
        attributes.put("type", report.spec().map(JobSpec::type).orElse(null));
        attributes.put(
                "faults", report.faults().stream().map(TrialTexts::finding).toList());
        attributes.put(
                "findings", report.findings().stream().map(TrialTexts::finding).toList());
        return JsonApi.one(new Resource("jobLints", "lint", attributes));
    }

    private Answer test(Call call) {
        JsonBody body = call.json("web.JobTestRequest");
        return switch (jobs.tryOut(body.text("toml"), trigger(body))) {
            case Trial.Done(Report report) ->
                JsonApi.one(new Resource(
                        "jobTests", report.spec().header().externalJobId().toString(), attributes(report)));
            case Trial.Refused(int status, List<String> reasons) -> Answer.error(status, reasons);
        };
    }

    private static JobTrigger trigger(JsonBody body) {
        return trigger(
                body.find("vars").map(JsonNode::toString),
                body.find("log").map(JsonNode::toString),
                body.optionalText("request"));
    }

    /**
     * What a dry run begins with.
     *
     * @param variables a JSON object
     * @param log a log as JSON
     * @param request the hash of a transaction
     * @throws WebException 400 if more than one is given, or one makes no sense
     */
    static JobTrigger trigger(Optional<String> variables, Optional<String> log, Optional<String> request) {
        List<JobTrigger> given = new ArrayList<>();
        variables.map(JobTrigger.GivenVariables::new).ifPresent(given::add);
        log.map(JobTrigger.GivenLog::new).ifPresent(given::add);
        request.map(JobTestRoutes::requested).ifPresent(given::add);
        if (given.size() > 1) {
            throw WebException.refused(400, "give at most one of vars, log and request");
        }
        return given.isEmpty() ? new JobTrigger.Empty() : given.getFirst();
    }

    private static JobTrigger requested(String text) {
        try {
            return new JobTrigger.Requested(Hash32.fromHex(text.replaceFirst("^tx:", "")));
        } catch (IllegalArgumentException e) {
            throw WebException.refused(400, "request must be the hash of a transaction: 0x and 64 hex digits");
        }
    }

    private static Map<String, @Nullable Object> attributes(Report report) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        attributes.put("name", report.spec().header().name().orElse(""));
        attributes.put("type", report.spec().type());
        attributes.put("state", report.rehearsal().outcome().state().name().toLowerCase(Locale.ROOT));
        attributes.put(
                "findings", report.findings().stream().map(TrialTexts::finding).toList());
        attributes.put(
                "tasks",
                report.rehearsal().steps().stream()
                        .map(step -> TrialTexts.task(step, report.refusals()))
                        .toList());
        return attributes;
    }
}
