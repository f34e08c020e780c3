package io.carabiner.jobs.cron;

import io.carabiner.jobs.Job;
import io.carabiner.jobs.NewRun;
import io.carabiner.pipeline.Variables;
import io.carabiner.values.PipelineValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run of a cron job begins with. Go counterpart: core/services/cron/cron.go. */
final class CronRun {

    private CronRun() {}

    static NewRun of(Job job, CronSpec spec) {
        Map<String, PipelineValue> jobSpec = new LinkedHashMap<>();
        jobSpec.put("databaseID", PipelineValue.int64(job.id()));
        jobSpec.put("externalJobID", PipelineValue.uuid(spec.header().externalJobId()));
        jobSpec.put("name", PipelineValue.text(job.nameOrEmpty()));
        spec.evmChainId().ifPresent(chain -> jobSpec.put("evmChainID", PipelineValue.text(chain.toString())));
        return new NewRun(
                job,
                new Variables(Map.of(
                        "jobSpec",
                        PipelineValue.map(jobSpec),
                        "jobRun",
                        PipelineValue.map(Map.of("meta", PipelineValue.map(Map.of()))))));
    }
}
