package io.carabiner.web;

import io.carabiner.audit.AuditEntry;
import io.carabiner.audit.AuditTrail;
import io.carabiner.audit.AuditVerdict;
import io.carabiner.primitives.Hash32;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The audit log, for administrators. The Go node has none of its own. */
final class AuditRoutes {

    /** The fields of an entry; {@code hash} covers all others and the entry before. */
    record EntryAttributes(
            Instant at, String eventId, String actor, String origin, JsonNode data, String previous, String hash) {}

    /**
     * What looking through it came to.
     *
     * @param entries how many entries are as they were stored, from the first on
     * @param head the hash of the last of these; empty if the chain is broken
     * @param why what is wrong; empty if nothing is
     */
    record VerdictAttributes(boolean intact, long entries, String head, String why) {}

    private final AuditTrail trail;

    AuditRoutes(AuditTrail trail) {
        this.trail = trail;
    }

    List<Route> routes() {
        Access admin = Access.role(Role.ADMIN);
        return List.of(Route.get("/v2/audit", admin, this::list), Route.get("/v2/audit/verify", admin, this::verify));
    }

    private Answer list(Call call) {
        Page page = Page.of(call, Page.SIZE_DEFAULT);
        List<Resource> rows = trail.newest(page.offset(), page.size()).stream()
                .map(AuditRoutes::resource)
                .toList();
        return JsonApi.page(call, page, rows, trail.count());
    }

    private static Resource resource(AuditEntry entry) {
        return new Resource(
                "auditEntries",
                String.valueOf(entry.sequence()),
                new EntryAttributes(
                        entry.at(),
                        entry.eventId(),
                        entry.actor(),
                        entry.origin(),
                        GoJson.mapper().readTree(entry.data()),
                        entry.previous().toString(),
                        entry.hash().toString()));
    }

    private static Optional<Hash32> known(String head) {
        try {
            return head.isEmpty() ? Optional.empty() : Optional.of(Hash32.fromHex(head));
        } catch (IllegalArgumentException e) {
            throw WebException.refused(422, "head is no hash of 32 bytes in hex: " + e.getMessage());
        }
    }

    private Answer verify(Call call) {
        return JsonApi.one(new Resource(
                "auditVerdicts",
                "chain",
                switch (trail.verify(known(call.query("head")))) {
                    case AuditVerdict.Intact intact ->
                        new VerdictAttributes(
                                true, intact.entries(), intact.head().toString(), "");
                    case AuditVerdict.Broken broken ->
                        new VerdictAttributes(
                                false, broken.sequence() - 1, "", "entry " + broken.sequence() + ": " + broken.why());
                }));
    }
}
