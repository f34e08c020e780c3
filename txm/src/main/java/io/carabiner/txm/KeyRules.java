package io.carabiner.txm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** What the owner of a key does next. Pure. */
final class KeyRules {

    /** How many transactions get their nonces in one write transaction. */
    static final int START_BATCH_MAX = 500;

    /** The longest rest without a reason: the queue is looked at again, should a wake have been lost. */
    static final Duration REST_MAX = Duration.ofSeconds(30);

    private KeyRules() {}

    /**
     * The order says what matters: what is stored must reach the network before anything else, a new answer is worth
     * more than news of old ones, but each in turn.
     */
    static NextAction decide(KeyState state, Situation now, TxmSettings settings) {
        List<InFlight> unsent = dueUnsent(state, now.nowNanos());
        if (!unsent.isEmpty()) {
            return new NextAction.Send(unsent);
        }
        Optional<NextAction> start = start(state, now, settings);
        if (now.facts().isPresent() && (start.isEmpty() || now.startedLast())) {
            return new NextAction.Digest(now.facts().get());
        }
        return start.orElseGet(() -> care(state, now, settings));
    }

    private static List<InFlight> dueUnsent(KeyState state, long nowNanos) {
        return state.waiting()
                .filter(transaction -> transaction.top().unsent())
                .filter(transaction -> transaction.pace().notBeforeNanos() - nowNanos <= 0)
                .toList();
    }

    private static Optional<NextAction> start(KeyState state, Situation now, TxmSettings settings) {
        int places = freePlaces(state, settings);
        boolean signerRests = now.signNotBeforeNanos() - now.nowNanos() > 0;
        if (!now.queued() || !now.mayStart() || signerRests || places == 0 || lacksFunds(state)) {
            return Optional.empty();
        }
        if (now.nonceKnown()) {
            return Optional.of(new NextAction.Start(places));
        }
        return now.syncNotBeforeNanos() - now.nowNanos() <= 0
                ? Optional.of(new NextAction.SyncNonce())
                : Optional.empty();
    }

    private static int freePlaces(KeyState state, TxmSettings settings) {
        long free = settings.inFlightLimit() - state.inFlight().size();
        return Math.clamp(free, 0, START_BATCH_MAX);
    }

    /** More nonces would only wait behind what cannot be paid. */
    private static boolean lacksFunds(KeyState state) {
        return state.waiting().anyMatch(transaction -> transaction.top().state() == AttemptState.INSUFFICIENT_FUNDS);
    }

    private static NextAction care(KeyState state, Situation now, TxmSettings settings) {
        if (!now.gap().isEmpty()) {
            return new NextAction.Fill(now.gap());
        }
        List<InFlight> late =
                now.head().isPresent() ? dueBumps(state, now.head().getAsLong(), settings) : List.of();
        if (!late.isEmpty()) {
            return new NextAction.Bump(late);
        }
        List<InFlight> silent = dueResends(state, now.nowNanos(), settings);
        return silent.isEmpty() ? new NextAction.Rest(wakeNanos(state, now, settings)) : new NextAction.Resend(silent);
    }

    /** In a pool for {@code BumpThreshold} blocks, among the lowest {@code BumpTxDepth} nonces. */
    private static List<InFlight> dueBumps(KeyState state, long head, TxmSettings settings) {
        if (settings.bumpThreshold() == 0) {
            return List.of();
        }
        return state.waiting()
                .limit(settings.bumpDepth())
                .filter(transaction -> !transaction.missingReceipt())
                .filter(transaction -> transaction.top().state() == AttemptState.BROADCAST)
                .filter(transaction -> head - lastTouched(transaction, head) >= settings.bumpThreshold())
                .toList();
    }

    private static long lastTouched(InFlight transaction, long head) {
        long sent = transaction.top().sentBeforeBlock().orElse(head);
        return Math.max(sent, transaction.pace().bumpHeldSince().orElse(sent));
    }

    private static List<InFlight> dueResends(KeyState state, long nowNanos, TxmSettings settings) {
        long threshold = settings.resendAfterThreshold().toNanos();
        return state.waiting()
                .filter(transaction -> transaction.top().state() == AttemptState.BROADCAST)
                .filter(transaction -> transaction.pace().doubtful()
                        || (threshold > 0 && nowNanos - transaction.pace().sentNanos() >= threshold))
                .toList();
    }

    private static long wakeNanos(KeyState state, Situation now, TxmSettings settings) {
        long resend = settings.resendAfterThreshold().toNanos();
        LongStream unsent = state.waiting()
                .filter(transaction -> transaction.top().unsent())
                .mapToLong(transaction -> transaction.pace().notBeforeNanos());
        LongStream sent = state.waiting()
                .filter(transaction -> resend > 0 && transaction.top().state() == AttemptState.BROADCAST)
                .mapToLong(transaction -> transaction.pace().sentNanos() + resend);
        OptionalLong sync = now.queued() && now.mayStart() && !now.nonceKnown()
                ? OptionalLong.of(now.syncNotBeforeNanos())
                : OptionalLong.empty();
        OptionalLong sign = now.queued() && now.signNotBeforeNanos() - now.nowNanos() > 0
                ? OptionalLong.of(now.signNotBeforeNanos())
                : OptionalLong.empty();
        long rest = LongStream.concat(
                        LongStream.concat(unsent, sent),
                        LongStream.concat(
                                LongStream.concat(sync.stream(), sign.stream()), now.heldUntilNanos().stream()))
                .map(at -> at - now.nowNanos())
                .min()
                .orElse(Long.MAX_VALUE);
        return now.nowNanos() + Math.clamp(rest, 0, REST_MAX.toNanos());
    }
}
