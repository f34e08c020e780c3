package io.carabiner.evm;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether the headers of a chain tell which blocks hold no event of ours: learned by comparing them with what
 * {@code eth_getLogs} gives, and never believed again after one lie. Some chains leave the bloom filter empty whatever
 * the block holds; so an empty one is believed only of a block that has no receipts either.
 *
 * <p>A block whose header says that nothing at all happened in it, in three fields that are part of its hash, needs
 * less: that the chain fills these fields is seen from any block in which something happened. Confined to one thread.
 */
final class BloomTrust {

    /** So many blocks whose filter is not empty must agree with the events that were given. */
    static final int AGREED_MIN = 8;

    /** Or so many blocks that hold events of ours, all of which the filter had. */
    static final int HELD_MIN = 2;

    /** The root of a trie of nothing, of no receipts and of no transactions: the hash of the RLP of an empty string. */
    static final Hash32 EMPTY_TRIE = Hash32.fromHex("56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");

    private int agreed;
    private int held;
    private boolean fillsRoots;
    private boolean lied;

    /** Whether the header proves, as far as it is believed, that the block holds nothing that the filter wants. */
    boolean excludes(Head head, LogFilter wanted) {
        return (isTrusted() && saysNone(head, wanted)) || (fillsRoots && !lied && nothingHappened(head));
    }

    /** A head of the chain, whatever is wanted of it. */
    void saw(Head head) {
        fillsRoots = fillsRoots || (isFilled(head.transactionsRoot()) && isFilled(head.receiptsRoot()));
    }

    private static boolean isFilled(Hash32 root) {
        return !root.equals(EMPTY_TRIE) && !root.equals(Hash32.ZERO);
    }

    private static boolean nothingHappened(Head head) {
        return head.transactionsRoot().equals(EMPTY_TRIE)
                && head.receiptsRoot().equals(EMPTY_TRIE)
                && head.logsBloom().size() == LogBloom.SIZE
                && !LogBloom.isFilled(head.logsBloom());
    }

    boolean isTrusted() {
        return !lied && (agreed >= AGREED_MIN || held >= HELD_MIN);
    }

    boolean hasLied() {
        return lied;
    }

    private static boolean saysNone(Head head, LogFilter wanted) {
        return LogBloom.isFilled(head.logsBloom())
                ? !LogBloom.mayHold(head.logsBloom(), wanted)
                : head.logsBloom().size() == LogBloom.SIZE
                        && head.receiptsRoot().equals(EMPTY_TRIE);
    }

    /** Compares headers with all events of their blocks that the filter lets through, which was asked with. */
    void learn(List<Head> heads, List<LogEntry> logs, LogFilter asked) {
        Map<Hash32, List<LogEntry>> byBlock = logs.stream().collect(Collectors.groupingBy(LogEntry::blockHash));
        if (!asked.isNothing()) {
            heads.forEach(head -> learn(head, byBlock.getOrDefault(head.hash(), List.of()), asked));
        }
    }

    private void learn(Head head, List<LogEntry> logs, LogFilter asked) {
        if (!logs.stream().allMatch(log -> holds(head.logsBloom(), log))) {
            lied = true;
        } else if (!logs.isEmpty()) {
            held++;
        } else if (LogBloom.isFilled(head.logsBloom()) && saysNone(head, asked)) {
            agreed++;
        }
    }

    private static boolean holds(Bytes bloom, LogEntry log) {
        return bloom.size() == LogBloom.SIZE
                && LogBloom.has(bloom, log.address().bytes())
                && log.topics().stream().allMatch(topic -> LogBloom.has(bloom, topic.bytes()));
    }

    /** An event turned up in a block that was left out because of its header. */
    void lie() {
        lied = true;
    }
}
