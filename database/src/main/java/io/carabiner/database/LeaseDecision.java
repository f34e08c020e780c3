package io.carabiner.database;

/** Whether a process that wants the lease may take it now. */
sealed interface LeaseDecision {

    /**
     * How often in a row, {@link LeaseWait#LOOK_INTERVAL} apart, the holder's session must be seen ended: a living
     * holder has noticed by then, and named another.
     */
    int SESSION_ENDED_SIGHTINGS_MIN = 3;

    /** What becomes of transactions that are open under the old epoch. */
    enum Writers {
        /** The holder may be well: each is waited for until it ends. */
        AWAIT,
        /** The holder has lost the lease or is dead: who does not end soon is ended. A frozen process never would. */
        END
    }

    /** Take it: raise the epoch. */
    record Take(Writers writers) implements LeaseDecision {}

    /** Another process holds it. */
    record Wait() implements LeaseDecision {}

    /**
     * Taking it early is safe because the raised epoch shuts the former holder out of every write.
     *
     * @param sessionEndedSightings how often in a row, this time included, the same holder's session was seen ended
     */
    static LeaseDecision decide(LeaseRow row, ProcessIdentity self, boolean lockEnabled, int sessionEndedSightings) {
        boolean holderIsGone = row.expired()
                || row.holder().client().equals(self.client())
                || self.knowsDead(row.holder())
                || sessionEndedSightings >= SESSION_ENDED_SIGHTINGS_MIN;
        if (holderIsGone) {
            return new Take(Writers.END);
        }
        return lockEnabled ? new Wait() : new Take(Writers.AWAIT);
    }

    /** Whether the n-th wait, from 0, is worth a line: 0, 1, 2, 4, … 512, 1000, 2000, … as the Go node does. */
    static boolean worthALine(int tryCount) {
        return tryCount < 1000 ? Integer.bitCount(tryCount) <= 1 : tryCount % 1000 == 0;
    }
}
