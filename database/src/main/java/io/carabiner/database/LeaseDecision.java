package io.carabiner.database;

/** Whether a process that wants the lease may take it now. */
sealed interface LeaseDecision {

    /** How often in a row the holder's session must be seen ended: it may be reconnecting. */
    int SESSION_ENDED_SIGHTINGS_MIN = 2;

    /** Take it: raise the epoch. */
    record Take() implements LeaseDecision {}

    /** Another process holds it. */
    record Wait() implements LeaseDecision {}

    /**
     * Taking it early is safe because the raised epoch shuts the former holder out of every write.
     *
     * @param sessionEndedSightings how often in a row, this time included, the same holder's session was seen ended
     */
    static LeaseDecision decide(LeaseRow row, ProcessIdentity self, boolean lockEnabled, int sessionEndedSightings) {
        boolean free = !lockEnabled
                || row.expired()
                || row.holder().client().equals(self.client())
                || self.knowsDead(row.holder())
                || sessionEndedSightings >= SESSION_ENDED_SIGHTINGS_MIN;
        return free ? new Take() : new Wait();
    }

    /** Whether the n-th wait, from 0, is worth a line: 0, 1, 2, 4, … 512, 1000, 2000, … as the Go node does. */
    static boolean worthALine(int tryCount) {
        return tryCount < 1000 ? Integer.bitCount(tryCount) <= 1 : tryCount % 1000 == 0;
    }
}
