package io.carabiner.evm;

import io.carabiner.primitives.Hash32;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether an answer can be stored: pure. */
sealed interface RangeVerdict {

    /** It fits the stored blocks and itself. */
    record Good() implements RangeVerdict {}

    /** The endpoint does not have all the blocks yet, or mixes two forks: ask again. */
    record AskAgain(String why) implements RangeVerdict {}

    /** It does not stand on the stored blocks. */
    record OtherFork() implements RangeVerdict {}

    /**
     * It fits, but the headers say that there may be more events: ask once more. The headers' filters also say so
     * without reason now and then.
     *
     * @param blocks the blocks that may hold an event and for which there was none
     */
    record MayMiss(List<Head> blocks) implements RangeVerdict {}

    /**
     * Judges an answer.
     *
     * @param wanted the filter that was asked with
     */
    static RangeVerdict of(BlockTrail trail, IntakePlan.Read asked, RangeAnswer answer, LogFilter wanted) {
        Optional<RangeVerdict> fault = heads(asked, answer)
                .or(() -> standsOn(trail, asked, answer))
                .or(() -> linked(asked, answer))
                .or(() -> logs(asked, answer));
        return fault.orElseGet(() -> bloom(asked, answer, wanted));
    }

    /** Why a sweep over stored blocks must be made again, if it must. */
    static Optional<String> sweepTrouble(BlockTrail trail, IntakePlan.Read asked, RangeAnswer answer) {
        if (!hashOf(answer, asked.headNumber()).equals(asked.headHash())) {
            return Optional.of("the endpoint does not have the newest block that was announced");
        }
        return answer.logs().stream()
                .filter(log -> log.blockNumber() < asked.from()
                        || log.blockNumber() > asked.to()
                        || !trail.hash(log.blockNumber())
                                .orElse(log.blockHash())
                                .equals(log.blockHash()))
                .findFirst()
                .map(log -> "an event of block " + log.blockNumber() + " is of another fork than the stored block");
    }

    private static Optional<RangeVerdict> heads(IntakePlan.Read asked, RangeAnswer answer) {
        for (long number : asked.headers()) {
            @Nullable Head head = answer.heads().get(number);
            boolean needed = number >= asked.from();
            if (needed && (head == null || head.number() != number)) {
                return again("the endpoint does not have block " + number);
            }
        }
        return hashOf(answer, asked.headNumber()).equals(asked.headHash())
                ? Optional.empty()
                : again("the endpoint has another block " + asked.headNumber() + " than was announced");
    }

    private static Optional<RangeVerdict> standsOn(BlockTrail trail, IntakePlan.Read asked, RangeAnswer answer) {
        @Nullable Head first = answer.heads().get(asked.from());
        boolean other = first != null
                && asked.from() == trail.cursor() + 1
                && trail.tip().map(tip -> !tip.equals(first.parentHash())).orElse(false);
        boolean replaced = asked.headers().stream()
                .filter(number -> number < asked.from() && answer.heads().containsKey(number))
                .anyMatch(number ->
                        !hashOf(answer, number).equals(trail.hash(number).orElse(Hash32.ZERO)));
        return other || replaced ? Optional.of(new OtherFork()) : Optional.empty();
    }

    private static Optional<RangeVerdict> linked(IntakePlan.Read asked, RangeAnswer answer) {
        for (long number : asked.headers()) {
            @Nullable Head head = answer.heads().get(number);
            @Nullable Head parent = answer.heads().get(number - 1);
            if (head != null && parent != null && !head.isChildOf(parent)) {
                return again("blocks " + (number - 1) + " and " + number + " of one answer are of two forks");
            }
        }
        return Optional.empty();
    }

    private static Optional<RangeVerdict> logs(IntakePlan.Read asked, RangeAnswer answer) {
        for (LogEntry log : answer.logs()) {
            if (log.blockNumber() < asked.from() || log.blockNumber() > asked.to()) {
                return again("an event of block " + log.blockNumber() + ", which was not asked for");
            }
            @Nullable Head head = answer.heads().get(log.blockNumber());
            if (head == null) {
                return again("the endpoint does not have block " + log.blockNumber() + " of an event");
            }
            if (!head.hash().equals(log.blockHash())) {
                return again("an event of block " + log.blockNumber() + " is of another fork than its header");
            }
        }
        return Optional.empty();
    }

    private static RangeVerdict bloom(IntakePlan.Read asked, RangeAnswer answer, LogFilter wanted) {
        Set<Long> withLogs = answer.logs().stream().map(LogEntry::blockNumber).collect(Collectors.toSet());
        List<Head> suspects = answer.heads().values().stream()
                .filter(head -> head.number() <= asked.to())
                .filter(head -> !withLogs.contains(head.number()))
                .filter(head -> LogBloom.isFilled(head.logsBloom()) && LogBloom.mayHold(head.logsBloom(), wanted))
                .toList();
        return suspects.isEmpty() ? new Good() : new MayMiss(suspects);
    }

    private static Hash32 hashOf(RangeAnswer answer, long number) {
        @Nullable Head head = answer.heads().get(number);
        return head == null ? Hash32.ZERO : head.hash();
    }

    private static Optional<RangeVerdict> again(String why) {
        return Optional.of(new AskAgain(why));
    }
}
