package io.carabiner.guards;

import io.carabiner.primitives.ChainId;
import io.carabiner.telemetry.Counter;
import io.carabiner.telemetry.Metrics;
import java.util.Locale;

/** Tells the operator of refusals: as a metric and at the job. The transaction manager puts the reason into the log. */
final class GuardAlerts {

    private final Counter refusals;
    private final ChainId chain;
    private final JobErrors jobErrors;

    GuardAlerts(Metrics metrics, ChainId chain, JobErrors jobErrors) {
        this.refusals = metrics.counter(
                "guard_refusals", "Transactions that a guard refused before they were sent", "evmChainID", "guard");
        this.chain = chain;
        this.jobErrors = jobErrors;
    }

    void refused(Candidate candidate, Refusal refusal) {
        String guard = refusal.guard().name();
        refusals.increment(chain.toString(), guard.toLowerCase(Locale.ROOT));
        candidate.job().ifPresent(job -> jobErrors.note(job, "a guard refused a transaction: " + guard));
    }
}
