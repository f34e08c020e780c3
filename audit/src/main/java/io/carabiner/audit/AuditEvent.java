package io.carabiner.audit;

import java.util.Map;

/**
 * Something that was done to the node, or tried.
 *
 * @param eventId the Go node's name of it (2.31, core/logger/audit/audit_types.go), as {@code JOB_CREATED}; or one of
 *     our own where it has none
 * @param actor who: a mail address, the name of an external initiator, or empty for nobody known
 * @param origin from where: an address
 * @param data what: texts, numbers, lists and maps, free of secrets
 */
public record AuditEvent(String eventId, String actor, String origin, Map<String, ?> data) {

    /** An event; the data is copied. */
    public AuditEvent {
        data = Map.copyOf(data);
    }
}
