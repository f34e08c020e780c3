package io.carabiner.node;

import io.carabiner.fluxmonitor.FluxMonitorJobs;
import io.carabiner.jobs.JobType;
import io.carabiner.jobs.cron.CronJobs;
import io.carabiner.jobs.webhook.ExternalInitiators;
import io.carabiner.jobs.webhook.WebhookJobs;
import io.carabiner.web.WebServices;
import io.carabiner.web.WebhookCatalogue;
import java.util.List;

/**
 * The types of jobs beside direct requests.
 *
 * @param initiatorsEnabled {@code JobPipeline.ExternalInitiatorsEnabled}
 */
record Triggers(
        CronJobs cron,
        WebhookJobs webhooks,
        ExternalInitiators initiators,
        boolean initiatorsEnabled,
        FluxMonitorJobs feeds) {

    static Triggers open(Foundation foundation, ChainRooms chains, ClosingStack closing) {
        boolean enabled = foundation.config().jobPipeline().externalInitiatorsEnabled();
        ExternalInitiators initiators = new ExternalInitiators(foundation.database());
        return new Triggers(
                closing.push("the cron jobs", new CronJobs(foundation.database(), foundation.time())),
                new WebhookJobs(initiators, enabled),
                initiators,
                enabled,
                Feeds.open(foundation, chains));
    }

    List<JobType<?>> types() {
        return List.of(cron, webhooks, feeds);
    }

    /** What the API steers. */
    WebServices.Webhooks forWeb() {
        return new WebServices.Webhooks(initiatorsEnabled, initiators, WebhookCatalogue.of(webhooks));
    }
}
