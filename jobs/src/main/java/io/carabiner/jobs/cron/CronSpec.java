package io.carabiner.jobs.cron;

import io.carabiner.jobs.JobHeader;
import io.carabiner.jobs.JobSpec;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A job that runs by the clock. Go counterpart: core/services/cron.
 *
 * @param text the schedule as it was written
 * @param evmChainId what the tasks' {@code jobSpec.evmChainID} is; the job itself uses no chain
 */
public record CronSpec(JobHeader header, String text, CronSchedule schedule, Optional<BigInteger> evmChainId)
        implements JobSpec {

    /** The name of the type in specs. */
    public static final String TYPE = "cron";

    @Override
    public String type() {
        return TYPE;
    }

    /** As in the Go node: of a run that succeeds the result is enough. */
    @Override
    public boolean keepsTaskRuns() {
        return false;
    }

    @Override
    public SequencedMap<String, @Nullable Object> attributes(Instant createdAt) {
        SequencedMap<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("schedule", text);
        fields.put("createdAt", createdAt);
        fields.put("updatedAt", createdAt);
        fields.put("evmChainID", evmChainId.map(BigInteger::toString).orElse(null));
        return fields;
    }
}
