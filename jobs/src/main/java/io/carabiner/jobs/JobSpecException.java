package io.carabiner.jobs;

import io.carabiner.primitives.FaultException;
import java.util.List;
import java.util.stream.Collectors;

/** A job was refused; nothing was stored. It lists every fault that was found. */
public final class JobSpecException extends FaultException {

    private static final long serialVersionUID = 1L;

    /** What kind of refusal it is; the API answers each with another status. */
    public enum Kind {
        /** Not TOML, no known type, or no readable task graph: 422 in the Go node. */
        UNREADABLE,
        /** A value of the type's own keys is wrong: 400 in the Go node. */
        INVALID,
        /** A known type that this version does not run yet. */
        NOT_SUPPORTED,
        /** The spec is right but does not fit this node: chain, bridge or name. 500 in the Go node. */
        DOES_NOT_FIT
    }

    private final Kind kind;
    private final transient List<SpecFault> faults;

    JobSpecException(Kind kind, List<SpecFault> faults) {
        super("JOB_SPEC_" + kind, text(kind, faults));
        this.kind = kind;
        this.faults = List.copyOf(faults);
    }

    JobSpecException(Kind kind, String message) {
        this(kind, List.of(new SpecFault(0, 0, message)));
    }

    /** The refusal of a spec whose own values make no sense: 400 in the Go node. */
    public static JobSpecException invalid(String message) {
        return new JobSpecException(Kind.INVALID, message);
    }

    /** The refusal of a spec that is right but cannot work on this node: 500 in the Go node. */
    public static JobSpecException doesNotFit(String message) {
        return new JobSpecException(Kind.DOES_NOT_FIT, message);
    }

    private static String text(Kind kind, List<SpecFault> faults) {
        String all = faults.stream().map(SpecFault::message).collect(Collectors.joining("; "));
        return kind == Kind.UNREADABLE ? "failed to parse TOML: " + all : all;
    }

    /** The kind of refusal. */
    public Kind kind() {
        return kind;
    }

    /** At least one fault. */
    public List<SpecFault> faults() {
        return faults;
    }
}
