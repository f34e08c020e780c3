package io.carabiner.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.crypto.Keccak256;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a header is believed that it holds nothing of ours. */
class BloomTrustTest {

    private static final Address OURS = Address.fromHex("00000000000000000000000000000000000000aa");
    private static final Hash32 TOPIC = Hash32.fromHex("11".repeat(32));
    private static final LogFilter WANTED = LogFilter.of(Set.of(OURS), Set.of(TOPIC));
    private static final Bytes EMPTY = Bytes.of(new byte[LogBloom.SIZE]);
    private static final Bytes OF_OTHERS = bloom(Bytes.fromHex("0102030405"));
    private static final Bytes OF_OURS = bloom(OURS.bytes(), TOPIC.bytes());
    private static final Hash32 SOME_ROOT = Hash32.fromHex("33".repeat(32));

    private final BloomTrust trust = new BloomTrust();

    private static Bytes bloom(Bytes... values) {
        byte[] bloom = new byte[LogBloom.SIZE];
        for (Bytes value : values) {
            byte[] hash = Keccak256.digest(value.toArray());
            for (int pair = 0; pair < 6; pair += 2) {
                int bit = (((hash[pair] & 0xff) << 8) | (hash[pair + 1] & 0xff)) & 2047;
                bloom[LogBloom.SIZE - 1 - bit / 8] |= (byte) (1 << (bit % 8));
            }
        }
        return Bytes.of(bloom);
    }

    private static Head head(long number, Bytes bloom, Hash32 receiptsRoot) {
        return head(number, bloom, receiptsRoot, Hash32.ZERO);
    }

    private static Head head(long number, Bytes bloom, Hash32 receiptsRoot, Hash32 transactionsRoot) {
        return new Head(
                number,
                Keccak256.hashText("block " + number),
                Hash32.ZERO,
                Instant.EPOCH,
                Optional.empty(),
                receiptsRoot,
                transactionsRoot,
                Hash32.ZERO,
                bloom);
    }

    private static LogEntry event(Head head) {
        return new LogEntry(OURS, List.of(TOPIC), Bytes.EMPTY, head.number(), head.hash(), Hash32.ZERO, 0, 0);
    }

    private void learn(int blocks, Bytes bloom) {
        for (int i = 0; i < blocks; i++) {
            trust.learn(List.of(head(i, bloom, SOME_ROOT)), List.of(), WANTED);
        }
    }

    @Test
    void header_isBelievedOnlyAfterEnoughBlocksAgreed() {
        Head others = head(99, OF_OTHERS, SOME_ROOT);
        learn(BloomTrust.AGREED_MIN - 1, OF_OTHERS);
        assertThat(trust.excludes(others, WANTED)).isFalse();
        learn(1, OF_OTHERS);
        assertThat(trust.excludes(others, WANTED)).isTrue();
        assertThat(trust.excludes(head(100, OF_OURS, SOME_ROOT), WANTED)).isFalse();
    }

    @Test
    void emptyFilters_proveNothing() {
        learn(1_000, EMPTY);
        assertThat(trust.isTrusted()).isFalse();
    }

    @Test
    void emptyFilter_isBelievedOnlyOfABlockWithoutReceipts() {
        learn(BloomTrust.AGREED_MIN, OF_OTHERS);
        assertThat(trust.excludes(head(99, EMPTY, SOME_ROOT), WANTED)).isFalse();
        assertThat(trust.excludes(head(99, Bytes.EMPTY, BloomTrust.EMPTY_TRIE), WANTED))
                .isFalse();
        assertThat(trust.excludes(head(99, EMPTY, BloomTrust.EMPTY_TRIE), WANTED))
                .isTrue();
    }

    @Test
    void blocksWithOurEvents_proveMore() {
        for (int i = 0; i < BloomTrust.HELD_MIN; i++) {
            assertThat(trust.isTrusted()).isFalse();
            Head head = head(i, OF_OURS, SOME_ROOT);
            trust.learn(List.of(head), List.of(event(head)), WANTED);
        }
        assertThat(trust.isTrusted()).isTrue();
    }

    @Test
    void oneEventThatItsFilterLeavesOut_endsTheTrustForGood() {
        learn(BloomTrust.AGREED_MIN, OF_OTHERS);
        Head liar = head(99, EMPTY, SOME_ROOT);
        trust.learn(List.of(liar), List.of(event(liar)), WANTED);
        learn(1_000, OF_OTHERS);
        assertThat(trust.isTrusted()).isFalse();
    }

    @Test
    void aBlockInWhichNothingHappened_isBelievedOnceTheChainIsSeenToFillItsRoots() {
        Head nothing = head(7, EMPTY, BloomTrust.EMPTY_TRIE, BloomTrust.EMPTY_TRIE);
        trust.saw(nothing);
        trust.saw(head(8, EMPTY, Hash32.ZERO, Hash32.ZERO));
        trust.saw(head(9, EMPTY, BloomTrust.EMPTY_TRIE, SOME_ROOT));
        assertThat(trust.excludes(nothing, WANTED)).isFalse();

        trust.saw(head(10, EMPTY, SOME_ROOT, SOME_ROOT));
        assertThat(trust.excludes(nothing, WANTED)).isTrue();
        assertThat(trust.excludes(head(11, EMPTY, BloomTrust.EMPTY_TRIE, SOME_ROOT), WANTED))
                .isFalse();
        assertThat(trust.excludes(head(11, EMPTY, SOME_ROOT, BloomTrust.EMPTY_TRIE), WANTED))
                .isFalse();
        assertThat(trust.excludes(head(11, OF_OTHERS, BloomTrust.EMPTY_TRIE, BloomTrust.EMPTY_TRIE), WANTED))
                .isFalse();
        assertThat(trust.excludes(head(11, Bytes.EMPTY, BloomTrust.EMPTY_TRIE, BloomTrust.EMPTY_TRIE), WANTED))
                .isFalse();

        trust.lie();
        assertThat(trust.excludes(nothing, WANTED)).isFalse();
    }
}
