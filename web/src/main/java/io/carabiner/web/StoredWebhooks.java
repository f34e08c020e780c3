package io.carabiner.web;

import io.carabiner.jobs.webhook.WebhookCaller;
import io.carabiner.jobs.webhook.WebhookJobs;
import io.carabiner.jobs.webhook.WebhookOutcome;
import java.util.List;
import java.util.UUID;

/** Lets the API start the node's webhook jobs. */
record StoredWebhooks(WebhookJobs jobs) implements WebhookCatalogue {

    @Override
    public WebhookOutcome run(UUID externalJobId, WebhookCaller caller, String body) {
        try {
            return jobs.run(externalJobId, caller, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw WebException.refused(503, "the node is stopping; the run goes on after its next start");
        }
    }

    @Override
    public List<Integer> naming(String initiator) {
        return jobs.naming(initiator);
    }
}
