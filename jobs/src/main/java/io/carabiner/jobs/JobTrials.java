package io.carabiner.jobs;

import io.carabiner.evm.EthClient;
import io.carabiner.pipeline.Pipeline;
import io.carabiner.pipeline.PipelineFault;
import io.carabiner.pipeline.PipelineLinter;
import io.carabiner.pipeline.PipelineRunner;
import io.carabiner.pipeline.Rehearsal;
import io.carabiner.pipeline.Variables;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tomlj.Toml;

/**
 * Tries jobs out before they are live: the tasks run for real, transactions are only called, nothing is stored.
 * Thread-safe.
 */
public final class JobTrials {

    /** How many are under way at once; one more is refused. */
    public static final int PARALLEL_MAX = 4;

    /**
     * What trying out needs of the node.
     *
     * @param runners makes a runner with connections, caches and metrics of its own, so that no trial is seen in those
     *     of the node
     * @param sendingKeys the enabled keys of a chain
     * @param clients typed calls to an enabled chain
     */
    public record Needs(
            Supplier<PipelineRunner> runners,
            Function<ChainId, List<Address>> sendingKeys,
            Function<ChainId, Optional<EthClient>> clients) {}

    /**
     * What came of it.
     *
     * @param findings what is allowed in the spec and most likely not meant; lines and columns count in the spec
     */
    public record Report(JobSpec spec, List<SpecFault> findings, Rehearsal rehearsal) {}

    private final Jobs jobs;
    private final Needs needs;
    private final Semaphore parallel = new Semaphore(PARALLEL_MAX);

    /** Trials of jobs such as these. */
    public JobTrials(Jobs jobs, Needs needs) {
        this.jobs = jobs;
        this.needs = needs;
    }

    /**
     * Reads the spec as at a creation and runs its tasks once.
     *
     * @throws JobSpecException if the job could not be made here; nothing was run
     * @throws JobTriggerException if what it shall begin with cannot be found, or too many are under way
     * @throws InterruptedException if the calling thread is told to stop
     */
    public Report run(String toml, JobTrigger trigger) throws InterruptedException {
        if (!parallel.tryAcquire()) {
            throw new JobTriggerException(PARALLEL_MAX + " dry runs are under way: try again when one has ended");
        }
        try {
            JobSpec spec = jobs.check(toml, UUID::randomUUID);
            Job job = new Job(0, spec, toml, Instant.EPOCH, List.of());
            Variables variables = new TrialVariables(job, needs.clients()).of(trigger);
            List<SpecFault> findings = findings(toml, job, variables, trigger);
            try (PipelineRunner runner = needs.runners().get()) {
                Pipeline pipeline = spec.header().pipeline();
                return new Report(
                        spec,
                        findings,
                        runner.rehearse(pipeline, variables, RunExecutor.context(job), needs.sendingKeys()));
            }
        } finally {
            parallel.release();
        }
    }

    private List<SpecFault> findings(String toml, Job job, Variables variables, JobTrigger trigger) {
        List<SpecFault> findings = new ArrayList<>(jobs.parser().unknownKeys(toml));
        if (job.spec() instanceof DirectRequestSpec && trigger instanceof JobTrigger.Empty) {
            findings.add(new SpecFault(
                    0,
                    0,
                    "no request was given, so $(jobRun) is empty: name one with --request tx:HASH or --log FILE"));
        }
        SpecTable table = new SpecTable(toml, Toml.parse(toml));
        int above = table.firstTextLine("observationSource") - 1;
        for (PipelineFault fault : PipelineLinter.lint(job.spec().header().pipeline(), variables)) {
            findings.add(new SpecFault(fault.line() + above, fault.column(), fault.message()));
        }
        return findings;
    }
}
