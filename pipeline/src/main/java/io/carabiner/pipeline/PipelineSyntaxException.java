package io.carabiner.pipeline;

import io.carabiner.primitives.FaultException;
import java.util.List;
import java.util.stream.Collectors;

/** A task graph's text cannot be run. It lists every fault that could be found, in the order of the text. */
public final class PipelineSyntaxException extends FaultException {

    private static final long serialVersionUID = 1L;

    private final transient List<PipelineFault> faults;

    PipelineSyntaxException(List<PipelineFault> faults) {
        super("PIPELINE_SYNTAX", faults.stream().map(PipelineFault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** At least one fault. */
    public List<PipelineFault> faults() {
        return faults;
    }
}
