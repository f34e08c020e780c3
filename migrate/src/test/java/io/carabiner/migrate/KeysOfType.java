package io.carabiner.migrate;

import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobHeader;
import io.carabiner.jobs.JobService;
import io.carabiner.jobs.JobSpec;
import io.carabiner.jobs.JobType;
import io.carabiner.jobs.RunStarter;
import io.carabiner.jobs.SpecReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A job type that reads the keys every spec has, and the ones that its name stands for; it runs nothing. */
record KeysOfType(String name) implements JobType<KeysOfType.Spec> {

    record Spec(JobHeader header, String type) implements JobSpec {

        @Override
        public SequencedMap<String, @Nullable Object> attributes(Instant createdAt) {
            return new LinkedHashMap<>();
        }
    }

    @Override
    public Class<Spec> specClass() {
        return Spec.class;
    }

    @Override
    public boolean supportsAsync() {
        return !name.equals("fluxmonitor");
    }

    @Override
    public Function<JobHeader, Spec> read(SpecReader fields) {
        if (name.equals("fluxmonitor")) {
            fields.address("contractAddress");
            fields.requiredChainId();
            fields.duration("pollTimerPeriod");
            fields.bool("idleTimerDisabled");
        }
        return header -> new Spec(header, name);
    }

    @Override
    public JobService service(Job job, Spec spec, RunStarter runs) {
        throw new UnsupportedOperationException("no service of a " + name + " job");
    }
}
