package io.carabiner.web;

import io.carabiner.jobs.webhook.WebhookCaller;
import io.carabiner.jobs.webhook.WebhookOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Webhook jobs that answer as a test says, and remember what they were asked. */
final class FakeWebhooks implements WebhookCatalogue {

    final List<String> asked = new ArrayList<>();

    /** What the next wish is answered with. */
    WebhookOutcome next = new WebhookOutcome.NoSuchJob();

    @Override
    public WebhookOutcome run(UUID externalJobId, WebhookCaller caller, String body) {
        asked.add(externalJobId + " " + caller + " " + body);
        return next;
    }

    @Override
    public List<Integer> naming(String initiator) {
        return initiator.equals("in-use") ? List.of(7) : List.of();
    }
}
