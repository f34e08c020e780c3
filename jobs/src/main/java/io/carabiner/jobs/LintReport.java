package io.carabiner.jobs;

import java.util.List;
import java.util.Optional;

/**
 * What a look at a spec found. Lines and columns count in the spec.
 *
 * @param spec empty if the job could not be made
 * @param hasExternalId whether the spec itself names an external id
 * @param faults for which the job could not be made
 * @param findings what is allowed and most likely not meant
 */
public record LintReport(
        Optional<JobSpec> spec, boolean hasExternalId, List<SpecFault> faults, List<SpecFault> findings) {

    /** Copies the lists. */
    public LintReport {
        faults = List.copyOf(faults);
        findings = List.copyOf(findings);
    }
}
