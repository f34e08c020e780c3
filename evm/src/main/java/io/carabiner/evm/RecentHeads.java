package io.carabiner.evm;

import io.carabiner.primitives.Hash32;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The heads that were announced last, by their hashes, so that whoever was busy while several came can take them one by
 * one. Thread-safe.
 */
final class RecentHeads {

    /** How many are kept: with their filters about 100 KiB. */
    static final int HEADS_MAX = 128;

    private final Map<Hash32, Head> byHash = new LinkedHashMap<>();

    synchronized void add(Head head) {
        byHash.putIfAbsent(head.hash(), head);
        if (byHash.size() > HEADS_MAX) {
            byHash.remove(byHash.keySet().iterator().next());
        }
    }

    /** The block of this height under the newest head, if the line of parents down to it was announced. */
    synchronized Head under(Head newest, long number) {
        Head head = newest;
        while (head.number() > number) {
            @Nullable Head parent = byHash.get(head.parentHash());
            if (parent == null) {
                return newest;
            }
            head = parent;
        }
        return head.number() == number ? head : newest;
    }
}
