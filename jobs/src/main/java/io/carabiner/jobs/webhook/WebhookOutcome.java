package io.carabiner.jobs.webhook;

import io.carabiner.jobs.RunView;

/** What became of the wish to run a webhook job. */
public sealed interface WebhookOutcome {

    /** The run as it is now: ended, suspended, or still under way after {@link WebhookJobs#RUN_PATIENCE}. */
    record Ran(RunView run) implements WebhookOutcome {}

    /** There is no webhook job with this id. */
    record NoSuchJob() implements WebhookOutcome {}

    /** The external initiator is not named by the job, or initiators are switched off; in the Go node's words. */
    record NotAllowed(String reason) implements WebhookOutcome {}

    /** The job makes no runs until it is resumed. */
    record Paused(int jobId) implements WebhookOutcome {}

    /** A task marked to fail early did: such a run leaves no trace. */
    record LeftNoTrace() implements WebhookOutcome {}
}
