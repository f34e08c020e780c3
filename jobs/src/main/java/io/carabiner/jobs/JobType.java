package io.carabiner.jobs;

import java.util.List;
import java.util.function.Function;

/**
 * One type of job: reads its part of a spec, and makes the service that starts the job's runs. The Go node calls it a
 * delegate (core/services/job/spawner.go). Thread-safe.
 *
 * @param <S> the type's specs
 */
public interface JobType<S extends JobSpec> {

    /** The name in specs: {@code cron}. */
    String name();

    /** The class of the type's specs. */
    Class<S> specClass();

    /** Whether a run may wait for somebody outside: an async bridge, a transaction. */
    boolean supportsAsync();

    /**
     * Reads the type's own keys. Faults go to the reader, which collects them; a value stands in for what is wrong.
     *
     * @return the spec, once the header is known to be right too
     */
    Function<JobHeader, S> read(SpecReader fields);

    /** What makes no sense in the spec as a whole; the job is refused with it. No input or output. */
    default List<SpecFault> faults(S spec) {
        return List.of();
    }

    /**
     * Looks before a new job is stored whether it can work on this node: its chain, its contract, whom it names. May
     * ask outside; no lock is held meanwhile, and after {@link Jobs#PROBE_TIMEOUT} the job is refused. Not called at
     * a restart.
     *
     * @throws JobSpecException if it cannot; nothing is stored
     * @throws InterruptedException if the time is over
     */
    default void probe(S spec) throws InterruptedException {}

    /** The service of one job, at rest. */
    JobService service(Job job, S spec, RunStarter runs);
}
