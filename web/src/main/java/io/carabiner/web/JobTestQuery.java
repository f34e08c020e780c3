package io.carabiner.web;

import io.carabiner.graphql.Arguments;
import io.carabiner.graphql.Shape;
import io.carabiner.jobs.JobTrials.Report;
import io.carabiner.jobs.SpecFault;
import io.carabiner.pipeline.Rehearsal;
import io.carabiner.web.JobCatalogue.Trial;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /v2/jobs/test} over GraphQL. Carabiner's own: the Go node has no such mutation. */
final class JobTestQuery {

    private JobTestQuery() {}

    static Shape answer(JobCatalogue jobs, Arguments input) {
        Trial trial = jobs.tryOut(
                input.text("TOML"),
                JobTestRoutes.trigger(
                        input.optionalText("vars"), input.optionalText("log"), input.optionalText("request")));
        return switch (trial) {
            case Trial.Done(Report report) -> shape(report);
            case Trial.Refused(int status, List<String> reasons) -> QueryFields.inputErrors("TOML spec", reasons);
        };
    }

    private static Shape shape(Report report) {
        return Shape.of("TestJobSuccess")
                .with("name", report.spec().header().name().orElse(""))
                .with("type", report.spec().type())
                .with("state", report.rehearsal().outcome().state().name().toLowerCase(Locale.ROOT))
                .with(
                        "findings",
                        report.findings().stream().map(JobTestQuery::shape).toList())
                .with(
                        "tasks",
                        report.rehearsal().steps().stream()
                                .map(step -> shape(step, report.refusals()))
                                .toList());
    }

    private static Shape shape(SpecFault fault) {
        return Shape.of("JobFinding", TrialTexts.finding(fault));
    }

    private static Shape shape(Rehearsal.Step step, Map<String, String> refusals) {
        Map<String, @Nullable Object> fields = TrialTexts.task(step, refusals);
        return Shape.of("TestedTask", fields).with("dotID", fields.get("dotId"));
    }
}
