package io.carabiner.web;

import io.carabiner.audit.AuditEvent;
import io.carabiner.audit.AuditTrail;
import io.carabiner.graphql.Arguments;
import io.carabiner.graphql.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes mutations that changed something into the audit log, under the names that the same changes have over REST. Of
 * what was given only the id is written: the rest may hold secrets.
 */
record QueryAudit(AuditTrail trail) {

    private static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("createAPIToken", "API_TOKEN_CREATED"),
            Map.entry("deleteAPIToken", "API_TOKEN_DELETED"),
            Map.entry("updateUserPassword", "PASSWORD_RESET_SUCCESS"),
            Map.entry("createBridge", "BRIDGE_CREATED"),
            Map.entry("updateBridge", "BRIDGE_UPDATED"),
            Map.entry("deleteBridge", "BRIDGE_DELETED"),
            Map.entry("createJob", "JOB_CREATED"),
            Map.entry("deleteJob", "JOB_DELETED"),
            Map.entry("dismissJobError", "JOB_ERROR_DISMISSED"),
            Map.entry("createCSAKey", "CSA_KEY_CREATED"),
            Map.entry("deleteCSAKey", "CSA_KEY_DELETED"),
            Map.entry("createOCRKeyBundle", "OCR_KEY_BUNDLE_CREATED"),
            Map.entry("deleteOCRKeyBundle", "OCR_KEY_BUNDLE_DELETED"),
            Map.entry("createOCR2KeyBundle", "OCR2_KEY_BUNDLE_CREATED"),
            Map.entry("deleteOCR2KeyBundle", "OCR2_KEY_BUNDLE_DELETED"),
            Map.entry("createP2PKey", "KEY_CREATED"),
            Map.entry("deleteP2PKey", "KEY_DELETED"),
            Map.entry("createVRFKey", "KEY_CREATED"),
            Map.entry("deleteVRFKey", "KEY_DELETED"),
            Map.entry("setGlobalLogLevel", "GLOBAL_LOG_LEVEL_SET"));

    /** Nothing is written for an outcome that is an error, nor for a mutation that changes nothing. */
    void record(String mutation, Arguments arguments, Asker asker, @Nullable Object outcome) {
        String event = EVENTS.get(mutation);
        if (event == null || !(outcome instanceof Shape shape) || isError(shape)) {
            return;
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("mutation", mutation);
        arguments.optionalText("id").or(() -> id(shape)).ifPresent(id -> data.put("id", id));
        trail.record(new AuditEvent(event, asker.principal().user().email(), asker.origin(), data));
    }

    private static boolean isError(Shape shape) {
        return shape.type().endsWith("Error") || shape.type().endsWith("Errors");
    }

    /** Of the thing that the outcome is about. */
    private static Optional<String> id(Shape outcome) {
        return outcome.fields().values().stream()
                .filter(Shape.class::isInstance)
                .map(thing -> ((Shape) thing).fields().get("id"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }
}
