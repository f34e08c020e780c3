package io.carabiner.fluxmonitor;

import io.carabiner.crypto.Keccak256;
import io.carabiner.evm.LogEntry;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

/** What an event of a FluxAggregator or of the flags tells. */
sealed interface FeedLog {

    /** {@code NewRound(uint256 indexed roundId, address indexed startedBy, uint256 startedAt)}. */
    Hash32 NEW_ROUND = Keccak256.hashText("NewRound(uint256,address,uint256)");

    /** {@code AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt)}. */
    Hash32 ANSWER_UPDATED = Keccak256.hashText("AnswerUpdated(int256,uint256,uint256)");

    /** {@code FlagRaised(address indexed subject)}. */
    Hash32 FLAG_RAISED = Keccak256.hashText("FlagRaised(address)");

    /** {@code FlagLowered(address indexed subject)}. */
    Hash32 FLAG_LOWERED = Keccak256.hashText("FlagLowered(address)");

    /** All that are read. */
    Set<Hash32> SIGNATURES = Set.of(NEW_ROUND, ANSWER_UPDATED, FLAG_RAISED, FLAG_LOWERED);

    /** A round began. */
    record RoundBegan(NewRound round) implements FeedLog {}

    /** A round has an answer. */
    record Answered() implements FeedLog {}

    /**
     * A flag changed.
     *
     * @param subject the feed, or the zero address for all feeds
     */
    record FlagChanged(Address subject, boolean raised) implements FeedLog {}

    /** Reads an event; empty if it is none of these, whatever its first topic says. */
    static Optional<FeedLog> read(LogEntry log) {
        if (log.topics().isEmpty()) {
            return Optional.empty();
        }
        Hash32 signature = log.topics().getFirst();
        if (signature.equals(NEW_ROUND)
                && log.topics().size() == 3
                && log.data().size() == Hash32.SIZE) {
            return newRound(log);
        }
        if (signature.equals(ANSWER_UPDATED) && log.topics().size() == 3) {
            return Optional.of(new Answered());
        }
        boolean raised = signature.equals(FLAG_RAISED);
        return (raised || signature.equals(FLAG_LOWERED)) && log.topics().size() == 2
                ? Optional.of(new FlagChanged(Words.address(log.topics().get(1)), raised))
                : Optional.empty();
    }

    private static Optional<FeedLog> newRound(LogEntry log) {
        BigInteger id = Words.unsigned(log.topics().get(1));
        BigInteger startedAt = new BigInteger(1, log.data().toArray());
        return id.bitLength() > Integer.SIZE || startedAt.bitLength() >= Long.SIZE - 1
                ? Optional.empty()
                : Optional.of(new RoundBegan(
                        new NewRound(id.longValue(), Words.address(log.topics().get(2)), startedAt.longValue())));
    }
}
