package io.carabiner.fluxmonitor;

import io.carabiner.jobs.NewRun;
import io.carabiner.jobs.RunStarter;
import io.carabiner.pipeline.RunOutcome;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.txm.TransactionRequest;

/** The submissions of this node's oracles: which rounds have one, and how it fares. Safe for use by many threads. */
interface Submissions {

    /** How often a round is submitted to at most: again only after what was sent before has failed for good. */
    int PER_ROUND_MAX = 3;

    /** What this many submissions mean, all of which failed. */
    static Standing afterFailures(int count) {
        return count < PER_ROUND_MAX ? Standing.FAILED : Standing.GIVEN_UP;
    }

    /** A round of a feed, and the oracle that answers it: has at most one submission at a time. */
    record Place(ChainId chain, Address aggregator, Address oracle, long roundId) {}

    /**
     * What is to be stored.
     *
     * @param run the run's beginning
     * @param outcome what its tasks brought
     * @param transaction without a name of its own, which is the place's
     */
    record Submission(NewRun run, RunOutcome outcome, TransactionRequest transaction) {}

    /** How the oracle's submission to a round stands. */
    Standing standing(Place place);

    /**
     * Stores run, submission and transaction, all or none, unless the round has a submission that may still be mined.
     *
     * @return {@link Event.Submitted}, {@link Event.SubmittedBefore} or {@link Event.NotSubmitted}
     * @throws io.carabiner.database.DatabaseException if nothing was stored, or it is not known
     */
    Event submit(Place place, Submission submission, RunStarter runs);
}
