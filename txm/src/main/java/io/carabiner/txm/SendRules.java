package io.carabiner.txm;

import io.carabiner.rpc.SendOutcome;
import java.time.Duration;

/** What an endpoint's answer means for a transaction. Pure. The outcomes are those of the Go node's table, 2.15. */
final class SendRules {

    /** How often in a row a price that endpoints call hopeless is raised without a pause. */
    static final int URGENT_BUMPS_MAX = 5;

    /** The first pause after an attempt that no endpoint took. */
    static final Duration RETRY_PAUSE_MIN = Duration.ofSeconds(1);

    /** The longest pause after attempts that no endpoint took. */
    static final Duration RETRY_PAUSE_MAX = Duration.ofSeconds(15);

    private static final int DOUBLINGS_MAX = 10;

    private SendRules() {}

    static Verdict decide(InFlight transaction, SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted ignored -> new Verdict.Taken();
            case SendOutcome.AlreadyKnown ignored -> new Verdict.Taken();
            // Mined, by us or by another: which one, only a receipt can tell.
            case SendOutcome.NonceTooLow ignored -> new Verdict.Taken();
            // Another attempt of ours, or a stranger's, holds the nonce for now: the next bump outbids it.
            case SendOutcome.ReplacementUnderpriced ignored -> new Verdict.Taken();
            case SendOutcome.LimitReached ignored -> new Verdict.Taken();
            case SendOutcome.NonceTooHigh ignored -> new Verdict.TryAgain();
            case SendOutcome.Retryable ignored -> new Verdict.TryAgain();
            case SendOutcome.Underpriced ignored -> unlessHopeless(transaction, new Verdict.BumpNow());
            case SendOutcome.FeeOutOfRange ignored -> unlessHopeless(transaction, new Verdict.PriceAnew());
            case SendOutcome.InsufficientFunds ignored ->
                mayFallBack(transaction) ? new Verdict.Withdraw(false) : new Verdict.LackFunds();
            case SendOutcome.FeeCapExceeded ignored ->
                mayFallBack(transaction) ? new Verdict.Withdraw(false) : new Verdict.AskNonce();
            case SendOutcome.Unknown ignored -> new Verdict.AskNonce();
            case SendOutcome.TerminallyStuck stuck -> purge(transaction, stuck.reason());
            case SendOutcome.Fatal fatal ->
                mayFallBack(transaction) ? new Verdict.Withdraw(true) : purge(transaction, fatal.reason());
        };
    }

    /**
     * The same for an attempt that an endpoint took before: it may be in a pool, so little is certain. That it can
     * never be valid is believed when even what was taken is refused for it.
     */
    static Verdict decideResent(InFlight transaction, SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.TerminallyStuck stuck -> resentPurge(transaction, stuck.reason());
            case SendOutcome.Fatal fatal -> resentPurge(transaction, fatal.reason());
            case SendOutcome.Accepted ignored -> new Verdict.Taken();
            case SendOutcome.AlreadyKnown ignored -> new Verdict.Taken();
            case SendOutcome.NonceTooLow ignored -> new Verdict.Taken();
            case SendOutcome.NonceTooHigh ignored -> new Verdict.Taken();
            case SendOutcome.ReplacementUnderpriced ignored -> new Verdict.Taken();
            case SendOutcome.LimitReached ignored -> new Verdict.Taken();
            case SendOutcome.Underpriced ignored -> new Verdict.Taken();
            case SendOutcome.FeeOutOfRange ignored -> new Verdict.Taken();
            case SendOutcome.InsufficientFunds ignored -> new Verdict.Taken();
            case SendOutcome.FeeCapExceeded ignored -> new Verdict.Taken();
            case SendOutcome.Retryable ignored -> new Verdict.Taken();
            case SendOutcome.Unknown ignored -> new Verdict.Taken();
        };
    }

    private static Verdict resentPurge(InFlight transaction, String reason) {
        return emptied(transaction) ? new Verdict.Taken() : new Verdict.Purge(reason);
    }

    private static Verdict unlessHopeless(InFlight transaction, Verdict verdict) {
        return transaction.pace().urgentBumps() < URGENT_BUMPS_MAX ? verdict : new Verdict.TryAgain();
    }

    private static boolean emptied(InFlight transaction) {
        return transaction.top().signed().purge();
    }

    /** Whether an older attempt is as good as this one; never one that was to be purged. */
    private static boolean mayFallBack(InFlight transaction) {
        return transaction.everSent() && !transaction.purging();
    }

    /** What does nothing cannot be simplified further: it is tried again until the endpoint takes it. */
    private static Verdict purge(InFlight transaction, String reason) {
        return emptied(transaction) ? new Verdict.TryAgain() : new Verdict.Purge(reason);
    }

    /** How long to wait before the next try, in nanoseconds. */
    static long pauseNanos(int failures) {
        long doubled = RETRY_PAUSE_MIN.toNanos() << Math.min(failures, DOUBLINGS_MAX);
        return Math.min(doubled, RETRY_PAUSE_MAX.toNanos());
    }
}
