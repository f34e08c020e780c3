package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Hash32;
import io.carabiner.rpc.NodeAnswer;
import io.carabiner.rpc.Quorum;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Endpoints that differ about nonces and receipts. */
class AgreedReadsTest {

    private static final Hash32 TRANSACTION = Hash32.fromHex("ab".repeat(32));

    private static Quorum<Optional<String>> split(Optional<String> one, Optional<String> other) {
        return new Quorum.Split<>(List.of(new NodeAnswer<>("a", one), new NodeAnswer<>("b", other)));
    }

    @Test
    void aNonceThatOneEndpointMadeUp_doesNotCount() {
        Quorum<Long> lie = new Quorum.Split<>(List.of(new NodeAnswer<>("a", 900L), new NodeAnswer<>("b", 7L)));
        assertThat(AgreedReads.count(lie, () -> -1L)).isEqualTo(7);
        assertThat(AgreedReads.count(new Quorum.Agreed<>(8L), () -> -1L)).isEqualTo(8);
        assertThat(AgreedReads.count(new Quorum.Alone<>(9L), () -> -1L)).isEqualTo(9);
        assertThat(AgreedReads.count(new Quorum.Silence<>(), () -> 4L)).isEqualTo(4);
    }

    @Test
    void aReceiptThatOnlyOneEndpointHas_isBelievedAfterSomeLooks() {
        AgreedReads<String> reads = new AgreedReads<>();
        Quorum<Optional<String>> dispute = split(Optional.of("mined"), Optional.empty());
        for (int look = 1; look < AgreedReads.LOOKS_UNTIL_BELIEVED; look++) {
            assertThat(reads.receipt(TRANSACTION, dispute)).isEmpty();
        }
        assertThat(reads.receipt(TRANSACTION, dispute)).contains("mined");
    }

    @Test
    void agreement_endsADispute() {
        AgreedReads<String> reads = new AgreedReads<>();
        Quorum<Optional<String>> dispute = split(Optional.empty(), Optional.of("mined"));
        for (int look = 1; look < AgreedReads.LOOKS_UNTIL_BELIEVED; look++) {
            assertThat(reads.receipt(TRANSACTION, dispute)).isEmpty();
        }
        assertThat(reads.receipt(TRANSACTION, new Quorum.Agreed<>(Optional.empty())))
                .isEmpty();
        assertThat(reads.receipt(TRANSACTION, dispute)).isEmpty();
        assertThat(reads.receipt(TRANSACTION, new Quorum.Agreed<>(Optional.of("mined"))))
                .contains("mined");
    }

    @Test
    void twoDifferentReceipts_areNeverBelieved() {
        AgreedReads<String> reads = new AgreedReads<>();
        for (int look = 0; look < 3 * AgreedReads.LOOKS_UNTIL_BELIEVED; look++) {
            assertThat(reads.receipt(TRANSACTION, split(Optional.of("block A"), Optional.of("block B"))))
                    .isEmpty();
        }
    }
}
