package io.carabiner.jobs;

import io.carabiner.jobs.JobSpecException.Kind;
import io.carabiner.pipeline.BridgeLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Reads a spec and looks whether a job could work on this node with it. Stores nothing, holds no lock. Thread-safe. */
final class JobAdmission {

    private final JobTypes types;
    private final JobSpecParser parser;
    private final BridgeLookup bridges;

    JobAdmission(JobTypes types, JobSpecParser parser, BridgeLookup bridges) {
        this.types = types;
        this.parser = parser;
        this.bridges = bridges;
    }

    /**
     * Stops at the first part that refuses, as the Go node does.
     *
     * @param externalJobId for a spec that has none
     */
    JobSpec admit(String toml, Supplier<UUID> externalJobId) {
        JobSpec spec = parser.parse(toml, externalJobId);
        checkBridges(spec);
        probe(spec);
        return spec;
    }

    /** The same, with every fault that can be found. */
    JobSpec check(String toml, Supplier<UUID> externalJobId) {
        JobSpec spec = parser.parse(toml, externalJobId);
        List<SpecFault> faults = new ArrayList<>();
        collect(faults, () -> checkBridges(spec));
        collect(faults, () -> probe(spec));
        if (!faults.isEmpty()) {
            throw new JobSpecException(Kind.DOES_NOT_FIT, faults);
        }
        return spec;
    }

    private static void collect(List<SpecFault> faults, Runnable check) {
        try {
            check.run();
        } catch (JobSpecException e) {
            faults.addAll(e.faults());
        }
    }

    private void probe(JobSpec spec) {
        try {
            TimeLimit.within(Jobs.PROBE_TIMEOUT, "probe-" + spec.header().externalJobId(), () -> types.probe(spec));
        } catch (TimeoutException e) {
            throw JobSpecException.doesNotFit("failed to create services for job: no answer from what the job needs"
                    + " within " + Jobs.PROBE_TIMEOUT.toSeconds() + " s; see the log, and create it again when it"
                    + " answers");
        }
    }

    private void checkBridges(JobSpec spec) {
        List<String> asked = spec.header().pipeline().bridgeNames();
        List<String> existing = new ArrayList<>(asked);
        existing.removeIf(name -> bridges.bridge(name).isEmpty());
        if (existing.size() < asked.size()) {
            throw JobSpecException.doesNotFit(
                    "not all bridges exist, asked for " + listed(asked) + ", exists " + listed(existing));
        }
    }

    private static String listed(List<String> names) {
        return "[" + String.join(" ", names) + "]";
    }
}
