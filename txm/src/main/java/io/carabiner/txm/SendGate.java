package io.carabiner.txm;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import java.util.List;

/**
 * Asked about queued transactions before they get nonces: the last moment at which not sending costs nothing.
 *
 * <p>Both methods are called by the owner thread of one key, one call at a time for each key, and for several keys at
 * once.
 */
public interface SendGate {

    /** Lets everything pass. */
    SendGate OPEN = new SendGate() {
        @Override
        public List<GateAnswer> ask(Address key, List<SendQuestion> queued) {
            return queued.stream()
                    .<GateAnswer>map(one -> new GateAnswer.Allow())
                    .toList();
        }

        @Override
        public void nonceGiven(WriteTransaction tx, List<Long> transactionIds) {
            // Nobody counts.
        }
    };

    /**
     * One answer for each question, in the same order.
     *
     * <p>The key sends nothing while this runs: a network call must have a timeout of a few seconds, and where the
     * answer takes longer, say {@link GateAnswer.Wait} and call {@link Txm#askGateAgain} when it is there. If it
     * throws, all questions wait and are asked again. Allowing is not yet sending: if the process dies before the
     * nonces are stored, the same questions are asked again; what is counted is counted in {@link #nonceGiven}.
     */
    List<GateAnswer> ask(Address key, List<SendQuestion> queued);

    /**
     * Called inside the write transaction that gives allowed transactions their nonces, after their rows and signed
     * attempts were written, so that what is counted and what is sent are stored together or not at all. It must be
     * quick and do no network IO. If it throws, nothing is stored and the transactions are asked about again.
     */
    void nonceGiven(WriteTransaction tx, List<Long> transactionIds);
}
