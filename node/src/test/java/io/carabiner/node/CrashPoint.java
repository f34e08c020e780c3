package io.carabiner.node;

/** A moment on the way from a request to its answer at which a node can die, as seen from outside the process. */
enum CrashPoint {
    LOGS_ASKED("before eth_getLogs is answered", When.ANSWER, Step.REQUESTED, "eth_getLogs"),
    INTAKE_UNCOMMITTED("before the commit of requests, runs and cursor", When.BEFORE_COMMIT, Step.REQUESTED),
    INTAKE_COMMITTED("after the commit of requests, runs and cursor", When.AFTER_COMMIT, Step.REQUESTED),
    SOURCE_ASKED("while the data source is asked", When.SOURCE_ASKED, Step.WISHED),
    OUTCOME_UNCOMMITTED("before the commit of executed runs and transaction rows", When.BEFORE_COMMIT, Step.WISHED),
    OUTCOME_COMMITTED("after the commit of executed runs and transaction rows", When.AFTER_COMMIT, Step.WISHED),
    SIGNED_UNCOMMITTED("before the commit of nonces and signed attempts", When.BEFORE_COMMIT, Step.SIGNED),
    SIGNED_COMMITTED("after the commit of nonces and signed attempts", When.AFTER_COMMIT, Step.SIGNED),
    SENDING("before eth_sendRawTransaction reaches the chain", When.REQUEST, Step.SENT, "eth_sendRawTransaction"),
    SENT_UNHEARD("after the chain took them, before the node hears", When.ANSWER, Step.SENT, "eth_sendRawTransaction"),
    SENT_UNCOMMITTED("before the commit that marks them as sent", When.BEFORE_COMMIT, Step.SENT),
    SENT_COMMITTED("after the commit that marks them as sent", When.AFTER_COMMIT, Step.SENT),
    RECEIPTS_ASKED("before the receipts are asked for", When.REQUEST, Step.MINED, "eth_getTransactionReceipt"),
    RECEIPTS_UNHEARD("after mining, before a receipt is heard", When.ANSWER, Step.MINED, "eth_getTransactionReceipt"),
    RECEIPTS_UNCOMMITTED("before the commit of the receipts", When.BEFORE_COMMIT, Step.MINED),
    RECEIPTS_COMMITTED("after the commit of the receipts", When.AFTER_COMMIT, Step.MINED),
    COMPLETED_UNCOMMITTED("before the commit that resumes and completes the runs", When.BEFORE_COMMIT, Step.COMPLETED),
    COMPLETED_COMMITTED("after the commit that resumes and completes the runs", When.AFTER_COMMIT, Step.COMPLETED);

    /** How the moment is recognised. */
    enum When {
        /** The transaction of the database that stores the step asks for its commit. */
        BEFORE_COMMIT,
        /** The same, committed. */
        AFTER_COMMIT,
        /** The call is on its way to the chain. */
        REQUEST,
        /** An answer to the call that is not empty is on its way back. */
        ANSWER,
        /** The data source is asked. */
        SOURCE_ASKED
    }

    private final String told;
    private final When when;
    private final Step step;
    private final String call;

    CrashPoint(String told, When when, Step step) {
        this(told, when, step, "");
    }

    CrashPoint(String told, When when, Step step, String call) {
        this.told = told;
        this.when = when;
        this.step = step;
        this.call = call;
    }

    When when() {
        return when;
    }

    /** The step the moment belongs to: stored after its commit, and not yet at every other moment. */
    Step step() {
        return step;
    }

    /** The method of the call, if it is one. */
    String call() {
        return call;
    }

    /** Whether the chain has been given transactions by then. */
    boolean isAfterSending() {
        return compareTo(SENT_UNHEARD) >= 0;
    }

    @Override
    public String toString() {
        return told;
    }
}
