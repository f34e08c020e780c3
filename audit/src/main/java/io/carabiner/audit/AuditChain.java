package io.carabiner.audit;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;

/**
 * How entries hang together: each hash is the SHA-256 of the hash before and of the entry's fields in the order of
 * {@link AuditEntry}, each as UTF-8 behind its length in 4 bytes. Pure.
 */
final class AuditChain {

    private AuditChain() {}

    static AuditEntry next(long sequence, Instant at, AuditEvent event, String data, Hash32 previous) {
        Hash32 hash = hash(sequence, at, event.eventId(), event.actor(), event.origin(), data, previous);
        return new AuditEntry(sequence, at, event.eventId(), event.actor(), event.origin(), data, previous, hash);
    }

    /** Whether an entry is what stands behind another place of the chain. */
    static AuditVerdict continues(AuditVerdict.Intact before, AuditEntry entry) {
        if (entry.sequence() != before.entries() + 1) {
            return new AuditVerdict.Broken(
                    before.entries() + 1,
                    "entry " + (before.entries() + 1) + " is missing: " + entry.sequence() + " comes instead");
        }
        if (!entry.previous().equals(before.head())) {
            return new AuditVerdict.Broken(entry.sequence(), "it does not carry the hash of the entry before");
        }
        Hash32 hash = hash(
                entry.sequence(),
                entry.at(),
                entry.eventId(),
                entry.actor(),
                entry.origin(),
                entry.data(),
                entry.previous());
        return hash.equals(entry.hash())
                ? new AuditVerdict.Intact(entry.sequence(), hash)
                : new AuditVerdict.Broken(entry.sequence(), "its content is not what was stored");
    }

    /** A head that was seen once is not in the chain. */
    static AuditVerdict.Broken cutOff(AuditVerdict.Intact whole, Hash32 known) {
        return new AuditVerdict.Broken(
                whole.entries() + 1, "the entry with the hash " + known + " is not there any more");
    }

    private static Hash32 hash(
            long sequence, Instant at, String eventId, String actor, String origin, String data, Hash32 previous) {
        MessageDigest digest = sha256();
        digest.update(previous.bytes().toArray());
        for (String field : List.of(String.valueOf(sequence), at.toString(), eventId, actor, origin, data)) {
            byte[] text = field.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            digest.update(text);
        }
        return new Hash32(Bytes.of(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
