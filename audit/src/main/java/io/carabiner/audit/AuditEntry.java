package io.carabiner.audit;

import io.carabiner.primitives.Hash32;
import java.time.Instant;

/**
 * An event as it is kept.
 *
 * @param sequence from 1 on, without a gap
 * @param at when it was stored, to the microsecond
 * @param eventId what
 * @param actor who; empty for nobody known
 * @param origin from where
 * @param data the details, as JSON
 * @param previous the hash of the entry before; 32 zero bytes in the first
 * @param hash of all the others together
 */
public record AuditEntry(
        long sequence,
        Instant at,
        String eventId,
        String actor,
        String origin,
        String data,
        Hash32 previous,
        Hash32 hash) {}
