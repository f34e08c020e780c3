package io.carabiner.jobs;

import io.carabiner.evm.LogEntry;
import io.carabiner.pipeline.PipelineFault;
import io.carabiner.pipeline.PipelineLinter;
import io.carabiner.pipeline.Variables;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tomlj.Toml;

/** Finds what is wrong with a spec, and what is allowed in it and most likely not meant. Runs nothing. Thread-safe. */
final class JobLinter {

    private final Jobs jobs;
    private final OperatorAuthorisation authorisation;

    JobLinter(Jobs jobs, OperatorAuthorisation authorisation) {
        this.jobs = jobs;
        this.authorisation = authorisation;
    }

    LintReport lint(String toml) {
        AtomicBoolean drawn = new AtomicBoolean();
        try {
            JobSpec spec = jobs.check(toml, () -> {
                drawn.set(true);
                return UUID.randomUUID();
            });
            Job job = new Job(0, spec, toml, Instant.EPOCH, List.of());
            return new LintReport(Optional.of(spec), !drawn.get(), List.of(), findings(job, usual(job)));
        } catch (JobSpecException e) {
            return new LintReport(Optional.empty(), false, e.faults(), List.of());
        }
    }

    /**
     * What a spec that can be used has and was most likely not meant, at its place.
     *
     * @param variables what a run begins with
     */
    List<SpecFault> findings(Job job, Variables variables) {
        String toml = job.toml();
        SpecTable table = new SpecTable(toml, Toml.parse(toml));
        List<SpecFault> findings = new ArrayList<>(jobs.parser().unknownKeys(toml));
        if (job.spec() instanceof DirectRequestSpec spec) {
            gasTooLow(table, spec).ifPresent(findings::add);
            authorisation.obstacle(spec).ifPresent(message -> findings.add(table.place("contractAddress", message)));
        }
        int above = table.firstTextLine("observationSource") - 1;
        for (PipelineFault fault : PipelineLinter.lint(job.spec().header().pipeline(), variables)) {
            findings.add(new SpecFault(fault.line() + above, fault.column(), fault.message()));
        }
        return findings;
    }

    /** The Go node says that such a run is completed, and its answer never arrives. */
    private static Optional<SpecFault> gasTooLow(SpecTable table, DirectRequestSpec spec) {
        return spec.header().gasLimit().stream()
                .filter(limit -> limit < RunResumer.OPERATOR_GAS_MIN)
                .mapToObj(limit -> table.place(
                        "gasLimit",
                        "an Operator takes no answer that leaves the consumer less than " + RunResumer.OPERATOR_GAS_MIN
                                + " gas: the transactions of this job would revert"))
                .findFirst();
    }

    /** What runs of this type begin with; where that depends on the type's own room, what all runs have. */
    private static Variables usual(Job job) {
        return job.spec() instanceof DirectRequestSpec spec
                ? RequestVariables.of(job, spec, SOME_LOG, SOME_REQUEST, Optional.empty())
                : TrialVariables.beginning(job);
    }

    private static final LogEntry SOME_LOG = new LogEntry(
            Address.ZERO, List.of(OracleLog.REQUEST, Hash32.ZERO), Bytes.EMPTY, 0, Hash32.ZERO, Hash32.ZERO, 0, 0);

    private static final OracleLog.Request SOME_REQUEST = new OracleLog.Request(
            Hash32.ZERO,
            Address.ZERO,
            Hash32.ZERO,
            BigInteger.ZERO,
            Address.ZERO,
            Bytes.EMPTY,
            BigInteger.ZERO,
            BigInteger.ZERO,
            Bytes.EMPTY);
}
