package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

/** What the node says about its audit log. Thread-safe. */
public final class AuditMessages {

    private final OperatorLog log = OperatorLog.named("AuditLogger");

    /** A change was made, and could not be kept in the audit log. */
    public void notKept(String eventId, String actor, Throwable cause) {
        log.error(
                "AUDIT_NOT_KEPT",
                "The audit log could not keep " + eventId + " by " + (actor.isEmpty() ? "nobody known" : actor)
                        + ": check the database",
                cause,
                field("eventID", eventId));
    }

    /** Too many events wait for the operator's service. */
    public void dropped(String eventId, int waiting) {
        log.error(
                "AUDIT_DROPPED",
                "Audit log buffer is full (" + waiting + " events): " + eventId
                        + " is not forwarded. It stands in the node's own audit log",
                field("eventID", eventId));
    }

    /** The operator's service refuses an event. */
    public void refused(String eventId, int status) {
        log.error(
                "AUDIT_REFUSED",
                "AuditLogger.ForwardToUrl answered " + status + " to " + eventId + ", which is not sent again",
                field("eventID", eventId),
                field("status", status));
    }

    /** The operator's service does not answer. */
    public void notSent(String eventId, Throwable cause) {
        log.error(
                "AUDIT_NOT_SENT",
                "AuditLogger.ForwardToUrl did not take " + eventId + ", which is not sent again",
                cause,
                field("eventID", eventId));
    }
}
