package io.carabiner.node;

import java.util.List;

/** A moment on the way from a request to its answer at which a node can die, as seen from outside the process. */
enum CrashPoint {
    LOGS_ASKED("before eth_getLogs is answered", When.ANSWER, "eth_getLogs"),
    INTAKE_UNCOMMITTED("before the commit of requests, runs and cursor", When.BEFORE_COMMIT, Words.REQUESTS),
    INTAKE_COMMITTED("after the commit of requests, runs and cursor", When.AFTER_COMMIT, Words.REQUESTS),
    SOURCE_ASKED("while the data source is asked", When.SOURCE_ASKED, ""),
    OUTCOME_UNCOMMITTED(
            "before the commit of executed runs and transaction rows", When.BEFORE_COMMIT, Words.TRANSACTIONS),
    OUTCOME_COMMITTED("after the commit of executed runs and transaction rows", When.AFTER_COMMIT, Words.TRANSACTIONS),
    SIGNED_UNCOMMITTED("before the commit of nonces and signed attempts", When.BEFORE_COMMIT, Words.ATTEMPTS),
    SIGNED_COMMITTED("after the commit of nonces and signed attempts", When.AFTER_COMMIT, Words.ATTEMPTS),
    SENDING("before eth_sendRawTransaction reaches the chain", When.REQUEST, "eth_sendRawTransaction"),
    SENT_UNHEARD("after the chain took them, before the node hears", When.ANSWER, "eth_sendRawTransaction"),
    SENT_UNCOMMITTED("before the commit that marks them as sent", When.BEFORE_COMMIT, Words.SENT),
    SENT_COMMITTED("after the commit that marks them as sent", When.AFTER_COMMIT, Words.SENT),
    RECEIPTS_ASKED("before the receipts are asked for", When.REQUEST, "eth_getTransactionReceipt"),
    RECEIPTS_UNHEARD("after mining, before the node hears of the receipts", When.MINED_ANSWER, ""),
    RECEIPTS_UNCOMMITTED("before the commit of the receipts", When.BEFORE_COMMIT, Words.RECEIPTS),
    RECEIPTS_COMMITTED("after the commit of the receipts", When.AFTER_COMMIT, Words.RECEIPTS),
    SETTLED_UNCOMMITTED("before the commit that resumes the runs", When.BEFORE_COMMIT, Words.SETTLED),
    SETTLED_COMMITTED("after the commit that resumes the runs", When.AFTER_COMMIT, Words.SETTLED),
    COMPLETED_UNCOMMITTED("before the commit of the completed runs", When.BEFORE_COMMIT, Words.COMPLETED),
    COMPLETED_COMMITTED("after the commit of the completed runs", When.AFTER_COMMIT, Words.COMPLETED),
    FINALIZED_UNCOMMITTED("before the commit of finality", When.BEFORE_COMMIT, Words.FINALIZED),
    FINALIZED_COMMITTED("after the commit of finality", When.AFTER_COMMIT, Words.FINALIZED);

    /** How the moment is recognised. */
    enum When {
        /** A transaction of the database with these words in a statement asks for its commit. */
        BEFORE_COMMIT,
        /** The same, committed. */
        AFTER_COMMIT,
        /** This call is on its way to the chain. */
        REQUEST,
        /** The answer to this call is on its way back. */
        ANSWER,
        /** The answer that a transaction is mined is on its way back. */
        MINED_ANSWER,
        /** The data source is asked. */
        SOURCE_ASKED
    }

    /** Parts of statements. */
    private static final class Words {
        static final String REQUESTS = "INSERT INTO carabiner.direct_requests";
        static final String TRANSACTIONS = "INSERT INTO carabiner.txes";
        static final String ATTEMPTS = "INSERT INTO carabiner.tx_attempts";
        static final String SENT = "SET state = 'broadcast', broadcast_before_block_num = coalesce";
        static final String RECEIPTS = "INSERT INTO carabiner.tx_receipts";
        static final String SETTLED = "SET callback_completed = true";
        static final String COMPLETED = "UPDATE carabiner.runs";
        static final String FINALIZED = "SET tracked = false, state = CASE";
    }

    private final String told;
    private final When when;
    private final String words;

    CrashPoint(String told, When when, String words) {
        this.told = told;
        this.when = when;
        this.words = words;
    }

    When when() {
        return when;
    }

    /** Whether this statement is the one. Runs are written twice: the second time without their transactions. */
    boolean isWrittenBy(List<String> statements) {
        return has(statements, words) && !(words.equals(Words.COMPLETED) && has(statements, Words.TRANSACTIONS));
    }

    private static boolean has(List<String> statements, String words) {
        return statements.stream().anyMatch(sql -> sql.contains(words));
    }

    /** Whether this call is the one. */
    boolean isCall(String method) {
        return method.equals(when == When.MINED_ANSWER ? "eth_getTransactionReceipt" : words);
    }

    @Override
    public String toString() {
        return told;
    }
}
