package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

import io.carabiner.telemetry.OperatorLog.Field;

/** What one flux monitor job says. Thread-safe. */
public final class FluxMonitorMessages {

    private final OperatorLog log = OperatorLog.named("FluxMonitor");
    private final Field job;
    private final Field contract;

    /** The messages of a job on a contract, under the logger name {@code FluxMonitor}. */
    public FluxMonitorMessages(int jobId, String contractAddress) {
        this.job = field("jobID", jobId);
        this.contract = field("contract", contractAddress);
    }

    /** It watches its feed. */
    public void watching(String oracle) {
        log.info("FLUX_WATCHING", "Flux monitor watches its feed", job, contract, field("oracle", oracle));
    }

    /** It cannot begin; it is tried again. */
    public void cannotBegin(String reason, long retrySeconds) {
        log.error(
                "FLUX_CANNOT_BEGIN",
                "Flux monitor cannot begin, trying again",
                job,
                contract,
                field("err", reason),
                field("retrySeconds", retrySeconds));
    }

    /** The contract lists none of the node's keys. */
    public void notListed(String address) {
        log.warn(
                "FLUX_KEY_NOT_LISTED",
                "None of the node's keys matched any oracle addresses, using first available key. This flux monitor"
                        + " job may not work correctly: have the feed's owner add the address",
                job,
                contract,
                field("address", address));
    }

    /** An idle timer that fires more often than the poll timer. */
    public void idleBelowPoll(String idlePeriod, String pollPeriod) {
        log.warn(
                "FLUX_IDLE_BELOW_POLL",
                "The value of IdleTimerPeriod is lower than PollTickerInterval. The idle timer should usually be less"
                        + " frequent that poll",
                job,
                contract,
                field("IdleTimerPeriod", idlePeriod),
                field("PollTickerInterval", pollPeriod));
    }

    /** A submission was stored. */
    public void submitted(String cause, long round, String answer) {
        log.info(
                "FLUX_SUBMITTED",
                "Flux monitor submits an answer",
                job,
                contract,
                field("cause", cause),
                field("round", round),
                field("answer", answer));
    }

    /** A look at the feed without a submission. */
    public void passed(String cause, String reason) {
        log.debug(
                "FLUX_PASSED",
                "Flux monitor has nothing to submit",
                job,
                contract,
                field("cause", cause),
                field("reason", reason));
    }

    /** A look at the feed failed. */
    public void lookFailed(String cause, String reason) {
        log.error(
                "FLUX_FAILED",
                "Flux monitor could not answer",
                job,
                contract,
                field("cause", cause),
                field("err", reason));
    }

    /** The contract would refuse the answer. */
    public void outOfRange(String min, String max, String answer) {
        log.error(
                "FLUX_OUT_OF_RANGE",
                "answer is outside acceptable range",
                job,
                contract,
                field("min", min),
                field("max", max),
                field("answer", answer));
    }

    /** The flags were raised or lowered. */
    public void hibernation(boolean entered) {
        String message = entered ? "entering hibernation mode" : "exiting hibernation mode, reactivating contract";
        log.info(entered ? "FLUX_HIBERNATES" : "FLUX_AWAKES", message, job, contract);
    }

    /** The newest answer could not be read for the bridges' {@code meta}. */
    public void noMeta(String reason) {
        log.warn(
                "FLUX_NO_META",
                "Couldn't read latest round data for request meta",
                job,
                contract,
                field("err", reason));
    }

    /** A fault of the program; the monitor begins anew. */
    public void broken(Throwable cause) {
        log.error("FLUX_BROKEN", "Flux monitor broke and begins anew", cause, job, contract);
    }
}
