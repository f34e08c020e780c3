package io.carabiner.jobs.cron;

import io.carabiner.database.Database;
import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobHeader;
import io.carabiner.jobs.JobService;
import io.carabiner.jobs.JobType;
import io.carabiner.jobs.RunStarter;
import io.carabiner.jobs.SpecReader;
import io.carabiner.primitives.TimeSource;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The type of jobs that run by the clock. One thread ticks for all of them. Thread-safe. */
public final class CronJobs implements JobType<CronSpec>, AutoCloseable {

    private final CronScheduler scheduler;

    /** A type without jobs; its thread begins with the first. */
    public CronJobs(Database database, TimeSource time) {
        this.scheduler = new CronScheduler(database, time);
    }

    @Override
    public String name() {
        return CronSpec.TYPE;
    }

    @Override
    public Class<CronSpec> specClass() {
        return CronSpec.class;
    }

    @Override
    public boolean supportsAsync() {
        return true;
    }

    @Override
    public Function<JobHeader, CronSpec> read(SpecReader fields) {
        Optional<BigInteger> chain = fields.chainId("evmChainID");
        Object value = fields.value("schedule");
        if (value != null && !(value instanceof String)) {
            fields.refuse("toml unmarshal error on job: " + fields.place("schedule") + "Can't convert "
                    + SpecReader.shown(value) + " to string");
            return header -> spec(header, "@every 1h", chain);
        }
        String text = value == null ? "" : (String) value;
        try {
            CronSchedule schedule = CronSchedule.parse(text);
            return header -> new CronSpec(header, text, schedule, chain);
        } catch (IllegalArgumentException e) {
            fields.refuse("while validating cron schedule '" + text + "': " + e.getMessage());
            return header -> spec(header, "@every 1h", chain);
        }
    }

    /** Stands in for what was refused. */
    private static CronSpec spec(JobHeader header, String text, Optional<BigInteger> chain) {
        return new CronSpec(header, text, new EverySchedule(Duration.ofHours(1)), chain);
    }

    @Override
    public JobService service(Job job, CronSpec spec, RunStarter runs) {
        return new JobService() {

            @Override
            public void start() {
                scheduler.add(job, spec, runs);
            }

            @Override
            public void startInPlaceOf(JobService replaced) {
                scheduler.replace(job, spec, runs);
                replaced.stop();
            }

            @Override
            public void stop() {
                scheduler.remove(job);
            }
        };
    }

    /** Ends the thread. */
    @Override
    public void close() {
        scheduler.close();
    }
}
