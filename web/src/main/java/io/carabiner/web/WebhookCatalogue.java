package io.carabiner.web;

import io.carabiner.jobs.webhook.WebhookCaller;
import io.carabiner.jobs.webhook.WebhookJobs;
import io.carabiner.jobs.webhook.WebhookOutcome;
import java.util.List;
import java.util.UUID;

/** The webhook jobs, as the API starts them. Safe for use by many threads. */
public interface WebhookCatalogue {

    /** The node's webhook jobs. */
    static WebhookCatalogue of(WebhookJobs jobs) {
        return new StoredWebhooks(jobs);
    }

    /** Runs a job with what the caller sent, and waits a while for the end. */
    WebhookOutcome run(UUID externalJobId, WebhookCaller caller, String body);

    /** The numbers of the jobs that name an initiator. */
    List<Integer> naming(String initiator);
}
