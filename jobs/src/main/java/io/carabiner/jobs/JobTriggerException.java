package io.carabiner.jobs;

import io.carabiner.primitives.FaultException;

/** A job cannot be tried out with what it was given; nothing was run. */
public final class JobTriggerException extends FaultException {

    private static final long serialVersionUID = 1L;

    JobTriggerException(String message) {
        super("JOB_TRIGGER", message);
    }
}
