package io.carabiner.txm;

import io.carabiner.primitives.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Mined transactions of a key that no row knows: the key is used elsewhere too, or the database was set back to an
 * older copy. What is queued and was done by one of them must not be sent again. Used by the owner's thread; only in
 * memory.
 */
final class Strangers {

    /** How many nonces are looked up at most; of more, the newest. */
    static final int NONCES_MAX = 1_000;

    private final Address key;
    private final KeyContext context;
    private final List<SpentNonce> unmatched = new ArrayList<>();
    private Instant lookedAt = Instant.MIN;

    Strangers(Address key, KeyContext context) {
        this.key = key;
        this.context = context;
    }

    /**
     * Looks up who used the nonces from one up to but without another.
     *
     * @return false if some of them are in blocks newer than the head: nothing was remembered, try again
     */
    boolean lookUp(long fromNonce, long toNonce, long head) {
        long from = Math.max(fromNonce, toNonce - NONCES_MAX);
        try {
            List<SpentNonce> found = context.chain().spent(key, from, toNonce, head);
            if (found.size() < toNonce - from) {
                return false;
            }
            unmatched.removeIf(one -> one.nonce() >= from && one.nonce() < toNonce);
            unmatched.addAll(found);
            lookedAt = context.time().now();
            return true;
        } catch (RuntimeException e) {
            // Endpoints that keep no old states cannot say: the operator must know what that may cost.
            context.observer().messages().strangersUnknown(key.toString(), from, toNonce, e);
            return true;
        }
    }

    /** The changes by which those of the queued transactions that were done already are known as such. */
    List<RowChange> adopt(List<TransactionStore.Queued> queued) {
        if (unmatched.isEmpty()) {
            return List.of();
        }
        List<RowChange> changes = new ArrayList<>();
        for (TransactionStore.Queued one : queued) {
            take(one)
                    .ifPresent(spent -> changes.add(new RowChange.AdoptedQueued(
                            one.id(),
                            spent.nonce(),
                            one.payload(),
                            one.terms(),
                            spent.signed().orElseThrow(),
                            spent.block())));
        }
        return changes;
    }

    private Optional<SpentNonce> take(TransactionStore.Queued queued) {
        for (Iterator<SpentNonce> all = unmatched.iterator(); all.hasNext(); ) {
            SpentNonce spent = all.next();
            if (spent.did(queued.payload()) && certain(queued)) {
                all.remove();
                return Optional.of(spent);
            }
        }
        return Optional.empty();
    }

    /** What came later may want the same once more, unless it answers a request: that is wanted once. */
    private boolean certain(TransactionStore.Queued queued) {
        return queued.terms().askedAt().isBefore(lookedAt)
                || queued.meta().filter(meta -> meta.contains("\"RequestID\"")).isPresent();
    }
}
