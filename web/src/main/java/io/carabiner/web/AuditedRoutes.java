package io.carabiner.web;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which call is which event of the audit log. Names are the Go node's (2.31, core/logger/audit/audit_types.go) where it
 * has one; the others are our own.
 */
final class AuditedRoutes {

    private static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("DELETE /sessions", "SESSION_DELETED"),
            Map.entry("PATCH /v2/user/password", "PASSWORD_RESET_SUCCESS"),
            Map.entry("POST /v2/user/token", "API_TOKEN_CREATED"),
            Map.entry("POST /v2/user/token/delete", "API_TOKEN_DELETED"),
            Map.entry("POST /v2/users", "USER_CREATED"),
            Map.entry("PATCH /v2/users", "USER_UPDATED"),
            Map.entry("DELETE /v2/users/:email", "USER_DELETED"),
            Map.entry("POST /v2/jobs", "JOB_CREATED"),
            Map.entry("PUT /v2/jobs/:ID", "JOB_UPDATED"),
            Map.entry("DELETE /v2/jobs/:ID", "JOB_DELETED"),
            Map.entry("POST /v2/jobs/:ID/pause", "JOB_PAUSED"),
            Map.entry("POST /v2/jobs/:ID/resume", "JOB_RESUMED"),
            Map.entry("POST /v2/jobs/:ID/rollback", "JOB_UPDATED"),
            Map.entry("DELETE /v2/pipeline/job_spec_errors/:ID", "JOB_ERROR_DISMISSED"),
            Map.entry("POST /v2/pipeline/runs/:runID/retry", "JOB_RUN_RETRIED"),
            Map.entry("POST /v2/bridge_types", "BRIDGE_CREATED"),
            Map.entry("PATCH /v2/bridge_types/:BridgeName", "BRIDGE_UPDATED"),
            Map.entry("DELETE /v2/bridge_types/:BridgeName", "BRIDGE_DELETED"),
            Map.entry("POST /v2/external_initiators", "EXTERNAL_INITIATOR_CREATED"),
            Map.entry("DELETE /v2/external_initiators/:Name", "EXTERNAL_INITIATOR_DELETED"),
            Map.entry("POST /v2/nodes/evm/forwarders/track", "FORWARDER_CREATED"),
            Map.entry("DELETE /v2/nodes/evm/forwarders/:fwdID", "FORWARDER_DELETED"),
            Map.entry("POST /v2/transfers", "ETH_TRANSACTION_CREATED"),
            Map.entry("POST /v2/transfers/evm", "ETH_TRANSACTION_CREATED"),
            Map.entry("POST /v2/transactions/evm/:TxHash/bump", "ETH_TRANSACTION_BUMPED"),
            Map.entry("POST /v2/transactions/evm/:TxHash/cancel", "ETH_TRANSACTION_CANCELLED"),
            Map.entry("POST /v2/transactions/evm/:TxHash/rebroadcast", "ETH_TRANSACTION_REBROADCAST"),
            Map.entry("POST /v2/replay_from_block/:number", "BLOCKS_REPLAYED"),
            Map.entry("PATCH /v2/log", "GLOBAL_LOG_LEVEL_SET"));

    private static final Map<String, String> KEYS = Map.of(
            "eth",
            "KEY",
            "evm",
            "KEY",
            "p2p",
            "KEY",
            "vrf",
            "KEY",
            "csa",
            "CSA_KEY",
            "ocr",
            "OCR_KEY_BUNDLE",
            "ocr2",
            "OCR2_KEY_BUNDLE");

    /** What changes nothing that lasts, and the runs of jobs, which have a log of their own. */
    private static final Set<String> NOTHING = Set.of(
            "POST /sessions",
            "POST /v2/jobs/:ID/runs",
            "POST /v2/jobs/test",
            "POST /v2/jobs/lint",
            "POST /v2/pipeline/runs/:runID/replay",
            "PATCH /v2/resume/:runID",
            "POST /v2/debug/pprof/symbol",
            "POST /query");

    /** What a change is called for which there is no name here. */
    static final String OTHER = "CHANGE";

    private AuditedRoutes() {}

    /** The event of a successful call; empty if it is not for the audit log. */
    static Optional<String> event(String method, String template) {
        String call = method + " " + template;
        if (method.equals("GET") || method.equals("HEAD") || NOTHING.contains(call)) {
            return Optional.empty();
        }
        String known = EVENTS.get(call);
        return Optional.of(known != null ? known : keyEvent(method, template).orElse(OTHER));
    }

    private static Optional<String> keyEvent(String method, String template) {
        String[] parts = template.split("/", -1);
        if (parts.length < 4 || !parts[2].equals("keys") || !KEYS.containsKey(parts[3])) {
            return Optional.empty();
        }
        return Optional.of(KEYS.get(parts[3]) + "_" + keyVerb(method, parts.length > 4 ? parts[4] : ""));
    }

    private static String keyVerb(String method, String action) {
        if (method.equals("DELETE")) {
            return "DELETED";
        }
        return switch (action) {
            case "import", "restore" -> "IMPORTED";
            case "export" -> "EXPORTED";
            case "", ":chainType" -> "CREATED";
            default -> "UPDATED";
        };
    }
}
