package io.carabiner.fluxmonitor;

import io.carabiner.jobs.Job;
import io.carabiner.pipeline.RunOutcome;
import io.carabiner.pipeline.TaskResult;
import io.carabiner.pipeline.TaskRun;
import io.carabiner.pipeline.Variables;
import io.carabiner.values.PipelineValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a run of a flux monitor begins with, and what it answers. Pure. */
final class FeedVariables {

    private FeedVariables() {}

    /**
     * The variables; bridges are sent {@code meta}.
     *
     * @param newest the feed's newest answer; empty where it has none: then bridges are sent no {@code meta}
     */
    static Variables of(Job job, FluxMonitorSpec spec, Optional<FeedContract.Newest> newest) {
        Map<String, PipelineValue> jobSpec = new LinkedHashMap<>();
        jobSpec.put("databaseID", PipelineValue.int64(job.id()));
        jobSpec.put("externalJobID", PipelineValue.uuid(spec.header().externalJobId()));
        jobSpec.put("name", PipelineValue.text(job.nameOrEmpty()));
        jobSpec.put("evmChainID", PipelineValue.text(spec.evmChainId().toString()));
        PipelineValue meta = newest.map(FeedVariables::meta).orElseGet(PipelineValue::none);
        return new Variables(
                Map.of("jobSpec", PipelineValue.map(jobSpec), "jobRun", PipelineValue.map(Map.of("meta", meta))));
    }

    /** Floating point numbers, as the Go node makes of them. */
    private static PipelineValue meta(FeedContract.Newest newest) {
        return PipelineValue.map(Map.of(
                "latestAnswer", new PipelineValue.Floating(newest.answer().doubleValue()),
                "updatedAt", new PipelineValue.Floating(newest.updatedAt().doubleValue())));
    }

    /** The one number that the tasks ended in, or why there is none. */
    static Event answer(RunOutcome outcome) {
        if (outcome.terminals().size() != 1) {
            return new Event.NotObserved("the tasks must end in one result, not "
                    + outcome.terminals().size());
        }
        TaskRun last = outcome.terminals().getFirst();
        return switch (last.result()) {
            case TaskResult.Success(PipelineValue value) -> number(value);
            case TaskResult.Failure(String error) -> new Event.NotObserved(last.dotId() + ": " + error);
            case TaskResult.Pending pending -> new Event.NotObserved(last.dotId() + " waits for somebody outside");
        };
    }

    private static Event number(PipelineValue value) {
        Optional<BigDecimal> number = value.toDecimal();
        return number.<Event>map(Event.Observed::new)
                .orElseGet(() -> new Event.NotObserved("the result is not a number: " + shortened(value.toJson())));
    }

    private static String shortened(String text) {
        int max = 200;
        return text.length() <= max ? text : text.substring(0, max) + "…";
    }
}
