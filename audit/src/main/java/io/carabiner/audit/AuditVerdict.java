package io.carabiner.audit;

import io.carabiner.primitives.Hash32;

/** What looking through the audit log comes to. */
public sealed interface AuditVerdict {

    /**
     * Every entry is as it was stored. Entries that were cut off at the end show only to who knows an earlier head.
     *
     * @param entries how many there are
     * @param head the hash of the last one; 32 zero bytes if there is none
     */
    record Intact(long entries, Hash32 head) implements AuditVerdict {}

    /**
     * Something was changed outside the node.
     *
     * @param sequence the first entry that is not as it was stored
     * @param why in words
     */
    record Broken(long sequence, String why) implements AuditVerdict {}
}
