package io.carabiner.fluxmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import io.carabiner.evm.LogEntry;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a contract or an endpoint may answer: the right thing, or anything else. */
class FeedAnswersTest {

    private static final Address FEED = Address.fromHex("0x00000000000000000000000000000000000000fe");
    private static final Address OTHER = Address.fromHex("0x00000000000000000000000000000000000000aa");

    private static Bytes words(long... numbers) {
        Bytes all = Bytes.EMPTY;
        for (long number : numbers) {
            all = all.concat(Words.word(BigInteger.valueOf(number)));
        }
        return all;
    }

    @Test
    void aSubmission_isEncodedAsAnotherLibraryDoes() {
        Function submit = Function.parse("submit(uint256,int256)");
        for (BigInteger value : List.of(
                BigInteger.ZERO,
                BigInteger.ONE.negate(),
                BigInteger.TWO.pow(255).negate(),
                BigInteger.TWO.pow(255).subtract(BigInteger.ONE),
                new BigInteger("123456789012345678901234567890"))) {
            Tuple arguments = Tuple.of(BigInteger.valueOf(0xffff_ffffL), value);
            ByteBuffer call = ByteBuffer.allocate(submit.measureCallLength(arguments));
            submit.encodeCall(arguments, call);
            assertThat(FeedContract.submission(0xffff_ffffL, value)).isEqualTo(Bytes.of(call.array()));
            assertThat(Words.of(FeedContract.submission(1, value).slice(4, 68), "submit", 2)
                            .signed(1))
                    .isEqualTo(value);
        }
    }

    @Test
    void noContract_isToldInTheGoNodesWords() {
        assertThatThrownBy(() -> Words.of(Bytes.EMPTY, "x()", 1)).hasMessage("no contract code at given address");
    }

    @Test
    void aShortAnswer_orANumberTooBig_isAFault() {
        assertThatThrownBy(() -> Words.of(words(1), "oracleRoundState", 8))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("32 bytes, less than 8 words");
        Words words = Words.of(Words.word(BigInteger.TWO.pow(200)), "x()", 1);
        assertThatThrownBy(() -> words.unsigned(0, 32, "x()")).isInstanceOf(FeedException.class);
    }

    @Test
    void aList_isReadOnlyWhereItLiesInsideTheAnswer() {
        assertThat(Words.of(words(32, 2, 7, 9), "x()", 2).list("x()")).containsExactly(words(7), words(9));
        assertThat(Words.of(words(32, 0), "x()", 2).list("x()")).isEmpty();
        for (Bytes lie : List.of(
                words(32, 3, 7, 9),
                words(64, 2),
                words(33, 2, 7, 9),
                words(1L << 31, 2, 7, 9),
                words(32, 1L << 40, 7, 9),
                words(-32, 2, 7, 9),
                words(32, -1, 7, 9))) {
            assertThatThrownBy(() -> Words.of(lie, "x()", 2).list("x()"))
                    .as(lie.toString())
                    .isInstanceOf(FeedException.class);
        }
    }

    private static LogEntry log(Bytes data, Hash32... topics) {
        return new LogEntry(FEED, List.of(topics), data, 1, Hash32.ZERO, Hash32.ZERO, 0, 0);
    }

    private static Hash32 topic(BigInteger number) {
        return new Hash32(Words.word(number));
    }

    private static final Hash32 BY_OTHER = new Hash32(Words.word(OTHER));

    @Test
    void events_areRead() {
        assertThat(FeedLog.read(log(words(1_700_000_000L), FeedLog.NEW_ROUND, topic(BigInteger.valueOf(7)), BY_OTHER)))
                .contains(new FeedLog.RoundBegan(new NewRound(7, OTHER, 1_700_000_000L)));
        assertThat(FeedLog.read(
                        log(words(1), FeedLog.ANSWER_UPDATED, topic(BigInteger.TEN), topic(BigInteger.valueOf(7)))))
                .contains(new FeedLog.Answered());
        assertThat(FeedLog.read(log(Bytes.EMPTY, FeedLog.FLAG_RAISED, BY_OTHER)))
                .contains(new FeedLog.FlagChanged(OTHER, true));
        assertThat(FeedLog.read(log(Bytes.EMPTY, FeedLog.FLAG_LOWERED, topic(BigInteger.ZERO))))
                .contains(new FeedLog.FlagChanged(Address.ZERO, false));
    }

    @Test
    void eventsOfOtherShapes_areLeft() {
        assertThat(FeedLog.read(log(Bytes.EMPTY))).isEmpty();
        assertThat(FeedLog.read(log(Bytes.EMPTY, Hash32.ZERO))).isEmpty();
        assertThat(FeedLog.read(log(Bytes.EMPTY, FeedLog.NEW_ROUND, Hash32.ZERO, BY_OTHER)))
                .isEmpty();
        assertThat(FeedLog.read(log(words(1), FeedLog.NEW_ROUND, topic(BigInteger.TWO.pow(33)), BY_OTHER)))
                .isEmpty();
        assertThat(FeedLog.read(log(words(-1), FeedLog.NEW_ROUND, Hash32.ZERO, BY_OTHER)))
                .isEmpty();
        assertThat(FeedLog.read(log(Bytes.EMPTY, FeedLog.FLAG_RAISED))).isEmpty();
    }
}
