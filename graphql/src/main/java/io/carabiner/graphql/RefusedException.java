package io.carabiner.graphql;

import io.carabiner.primitives.FaultException;

/** A field that is not answered, for a reason that the caller may read. */
public final class RefusedException extends FaultException {

    private static final long serialVersionUID = 1L;

    /** A refusal for this reason. */
    public RefusedException(String reason) {
        super("GRAPHQL_REFUSED", reason);
    }
}
