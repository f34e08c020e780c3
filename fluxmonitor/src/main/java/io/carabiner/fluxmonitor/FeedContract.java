package io.carabiner.fluxmonitor;

import io.carabiner.evm.BlockTag;
import io.carabiner.evm.CallRequest;
import io.carabiner.evm.EthClient;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import java.math.BigInteger;
import java.util.List;

/**
 * A FluxAggregator (contract version 0.6), read at the newest block. Every method throws {@link FeedException} for an
 * answer that no such contract gives, and what {@link EthClient#call} throws.
 */
final class FeedContract {

    private static final String ROUND_STATE = "oracleRoundState(address,uint32)";
    private static final String LATEST_ROUND = "latestRoundData()";
    private static final String ORACLES = "getOracles()";
    private static final String MIN_SUBMISSION = "minSubmissionValue()";
    private static final String MAX_SUBMISSION = "maxSubmissionValue()";
    private static final String SUBMIT = "submit(uint256,int256)";

    private static final int UINT8 = 8;
    private static final int UINT32 = 32;
    /** The contract's times are of 64 bits; a real one needs far less, and sums of two must not overflow. */
    private static final int TIME_BITS = 62;

    private final EthClient rpc;
    private final Address address;

    FeedContract(EthClient rpc, Address address) {
        this.rpc = rpc;
        this.address = address;
    }

    /**
     * The newest answer.
     *
     * @param updatedAt seconds since 1970
     */
    record Newest(long roundId, BigInteger answer, BigInteger updatedAt) {}

    /** A round as an oracle sees it; round 0 asks for the one that the contract suggests. */
    RoundState roundState(Address oracle, long roundId) {
        Words words = read(
                Words.call(ROUND_STATE, Words.word(oracle), Words.word(BigInteger.valueOf(roundId))), ROUND_STATE, 8);
        return new RoundState(
                words.bool(0),
                words.unsigned(1, UINT32, ROUND_STATE),
                words.signed(2),
                words.unsigned(3, TIME_BITS, ROUND_STATE),
                words.unsigned(4, TIME_BITS, ROUND_STATE),
                words.unsigned(5),
                (int) words.unsigned(6, UINT8, ROUND_STATE),
                words.unsigned(7));
    }

    /** The newest answer; the contract reverts while it has none. */
    Newest newest() {
        Words words = read(Words.call(LATEST_ROUND), LATEST_ROUND, 5);
        // The round id is of 80 bits for the sake of proxies; a FluxAggregator's own has 32.
        return new Newest(words.unsigned(0, UINT32, LATEST_ROUND), words.signed(1), words.unsigned(3));
    }

    /** Who may submit. */
    List<Address> oracles() {
        return read(Words.call(ORACLES), ORACLES, 2).list(ORACLES).stream()
                .map(Words::address)
                .toList();
    }

    /** What it accepts. */
    SubmissionRange range() {
        return new SubmissionRange(
                read(Words.call(MIN_SUBMISSION), MIN_SUBMISSION, 1).signed(0),
                read(Words.call(MAX_SUBMISSION), MAX_SUBMISSION, 1).signed(0));
    }

    /** The data of a submission. */
    static Bytes submission(long roundId, BigInteger value) {
        return Words.call(SUBMIT, Words.word(BigInteger.valueOf(roundId)), Words.word(value));
    }

    private Words read(Bytes data, String method, int words) {
        return Words.of(rpc.call(CallRequest.to(address, data), BlockTag.LATEST), method, words);
    }
}
