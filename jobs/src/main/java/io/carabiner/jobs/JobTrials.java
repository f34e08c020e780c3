package io.carabiner.jobs;

import io.carabiner.evm.EthClient;
import io.carabiner.pipeline.PipelineRunner;
import io.carabiner.pipeline.Rehearsal;
import io.carabiner.pipeline.TriedTransaction;
import io.carabiner.pipeline.Variables;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tries jobs out before they are live, and runs that were once more: the tasks run for real, transactions are only
 * called, nothing is stored. Thread-safe.
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
     * @param forwarders the contracts through which a chain's keys send for jobs that allow it
     * @param clients typed calls to an enabled chain
     * @param rules what would keep the node from sending
     */
    public record Needs(
            Supplier<PipelineRunner> runners,
            Function<ChainId, List<Address>> sendingKeys,
            Function<ChainId, List<Address>> forwarders,
            Function<ChainId, Optional<EthClient>> clients,
            SendingRules rules) {}

    /**
     * What came of it.
     *
     * @param findings what is allowed in the spec and most likely not meant; lines and columns count in the spec
     * @param refusals why transactions would not be sent, by the names of their tasks
     */
    public record Report(JobSpec spec, List<SpecFault> findings, Rehearsal rehearsal, Map<String, String> refusals) {

        /** Copies what it is given. */
        public Report {
            findings = List.copyOf(findings);
            refusals = Map.copyOf(refusals);
        }
    }

    /**
     * A run and what would come of it now.
     *
     * @param run as it is stored
     * @param job as it is now
     * @param refusals why transactions would not be sent, by the names of their tasks
     */
    public record Replay(RunView run, Job job, Rehearsal now, Map<String, String> refusals) {

        /** Copies what it is given. */
        public Replay {
            refusals = Map.copyOf(refusals);
        }
    }

    private final Jobs jobs;
    private final Needs needs;
    private final JobLinter linter;
    private final Semaphore parallel = new Semaphore(PARALLEL_MAX);

    /** Trials of jobs such as these. */
    public JobTrials(Jobs jobs, Needs needs) {
        this.jobs = jobs;
        this.needs = needs;
        this.linter = new JobLinter(
                jobs, new OperatorAuthorisation(needs.sendingKeys(), needs.forwarders(), needs.clients()));
    }

    /** Looks at a spec and runs nothing; the chain is asked whether the node may answer for the job's contract. */
    public LintReport lint(String toml) {
        return linter.lint(toml);
    }

    /**
     * Reads the spec as at a creation and runs its tasks once.
     *
     * @throws JobSpecException if the job could not be made here; nothing was run
     * @throws JobTriggerException if what it shall begin with cannot be found, or too many are under way
     * @throws InterruptedException if the calling thread is told to stop
     */
    public Report run(String toml, JobTrigger trigger) throws InterruptedException {
        return alone(() -> {
            JobSpec spec = jobs.check(toml, UUID::randomUUID);
            Job job = new Job(0, spec, toml, Instant.EPOCH, List.of());
            Variables variables = new TrialVariables(job, needs.clients()).of(trigger);
            Rehearsal rehearsal = rehearse(job, variables);
            return new Report(spec, findings(job, variables, trigger), rehearsal, refusals(rehearsal, job, variables));
        });
    }

    /**
     * Runs the tasks of a job's present spec with what a run began with.
     *
     * @return empty if there is no such run, or its job is gone
     * @throws JobTriggerException if too many are under way
     * @throws InterruptedException if the calling thread is told to stop
     */
    public Optional<Replay> replay(long runId, Runs runs) throws InterruptedException {
        Optional<RunView> run = runs.find(runId);
        Optional<Job> job = run.flatMap(found -> jobs.find(found.jobId()));
        return job.isEmpty() ? Optional.empty() : Optional.of(alone(() -> replay(run.get(), job.get())));
    }

    private Replay replay(RunView run, Job job) throws InterruptedException {
        Variables variables = Variables.fromJson(run.inputs());
        Rehearsal now = rehearse(job, variables);
        return new Replay(run, job, now, refusals(now, job, variables));
    }

    /** What nobody would send anyway is not asked about. */
    private Map<String, String> refusals(Rehearsal rehearsal, Job job, Variables variables) {
        Map<String, String> refusals = new HashMap<>();
        for (Rehearsal.Step step : rehearsal.steps()) {
            step.transaction()
                    .filter(tried -> tried.verdict() instanceof TriedTransaction.Verdict.Succeeds)
                    .flatMap(tried -> needs.rules().refusal(tried, job.id(), RequestVariables.asked(variables)))
                    .ifPresent(reason -> refusals.put(step.task().dotId(), reason));
        }
        return refusals;
    }

    private interface Trial<T> {
        T run() throws InterruptedException;
    }

    private <T> T alone(Trial<T> trial) throws InterruptedException {
        if (!parallel.tryAcquire()) {
            throw new JobTriggerException(PARALLEL_MAX + " dry runs are under way: try again when one has ended");
        }
        try {
            return trial.run();
        } finally {
            parallel.release();
        }
    }

    private Rehearsal rehearse(Job job, Variables variables) throws InterruptedException {
        try (PipelineRunner runner = needs.runners().get()) {
            return runner.rehearse(
                    job.spec().header().pipeline(), variables, RunExecutor.context(job), needs.sendingKeys());
        }
    }

    private List<SpecFault> findings(Job job, Variables variables, JobTrigger trigger) {
        List<SpecFault> findings = new ArrayList<>();
        if (job.spec() instanceof DirectRequestSpec && trigger instanceof JobTrigger.Empty) {
            findings.add(new SpecFault(
                    0,
                    0,
                    "no request was given, so $(jobRun) is empty: name one with --request tx:HASH or --log FILE"));
        }
        findings.addAll(linter.findings(job, variables));
        return findings;
    }
}
