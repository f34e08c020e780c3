package io.carabiner.txm;

import io.carabiner.evm.FeeBump;
import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Counter;
import io.carabiner.telemetry.Gauge;
import io.carabiner.telemetry.Histogram;
import io.carabiner.telemetry.Metrics;
import io.carabiner.telemetry.TxmMessages;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Turns what happens on one chain into metrics under the Go node's names, and messages. Safe for use by many threads.
 */
final class TxmObserver {

    private static final String AGAIN =
            ". Note that this can err to be too high since transactions are counted on each confirmation, which can"
                    + " happen multiple times per transaction in the case of re-orgs";

    private static final double[] BROADCAST_NANOS = {5e8, 1e9, 5e9, 1.5e10, 3e10, 6e10, 1.2e11};
    private static final double[] CONFIRMED_NANOS = {5e8, 1e9, 5e9, 1.5e10, 3e10, 6e10, 1.2e11, 3e11, 6e11};
    private static final double[] CONFIRMED_BLOCKS = {1, 5, 10, 20, 50, 100};

    private final TxmMessages messages;
    private final TimeSource time;
    private final String chain;
    private final Histogram untilBroadcast;
    private final Histogram untilConfirmed;
    private final Histogram blocksUntilConfirmed;
    private final Counter bumps;
    private final Counter bumpsAtLimit;
    private final Counter unconnected;
    private final Counter confirmed;
    private final Counter successful;
    private final Counter reverted;
    private final Counter forwarded;
    private final Counter broadcasted;
    private final Counter finalized;
    private final Gauge attempts;
    private final Gauge unconfirmed;
    private final Gauge oldestSeconds;
    private final Gauge oldestBlocks;

    TxmObserver(ChainId chain, Metrics metrics, TimeSource time) {
        this.messages = new TxmMessages(chain, time);
        this.time = time;
        this.chain = chain.toString();
        untilBroadcast = metrics.histogram(
                "tx_manager_time_until_tx_broadcast",
                "The amount of time elapsed from when a transaction is enqueued to until it is broadcast.",
                BROADCAST_NANOS,
                "chainID");
        untilConfirmed = metrics.histogram(
                "tx_manager_time_until_tx_confirmed",
                "The amount of time elapsed from a transaction being broadcast to being included in a block.",
                CONFIRMED_NANOS,
                "chainID");
        blocksUntilConfirmed = metrics.histogram(
                "tx_manager_blocks_until_tx_confirmed",
                "The amount of blocks that have been mined from a transaction being broadcast to being included in a"
                        + " block.",
                CONFIRMED_BLOCKS,
                "chainID");
        bumps = metrics.counter("tx_manager_num_gas_bumps", "Number of gas bumps", "chainID");
        unconnected = metrics.counter(
                "block_history_estimator_connectivity_failure_count",
                "Counter is incremented every time a gas bump is prevented due to a detected network propagation or"
                        + " connectivity issue",
                "evmChainID",
                "mode");
        bumpsAtLimit = metrics.counter(
                "tx_manager_gas_bump_exceeds_limit",
                "Number of times gas bumping failed from exceeding the configured limit. Any counts of this type"
                        + " indicate a serious problem.",
                "chainID");
        confirmed = metrics.counter(
                "tx_manager_num_confirmed_transactions", "Total number of confirmed transactions" + AGAIN, "chainID");
        successful = metrics.counter(
                "tx_manager_num_successful_transactions", "Total number of successful transactions" + AGAIN, "chainID");
        forwarded = metrics.counter(
                "tx_manager_fwd_tx_count",
                "The number of forwarded transaction attempts labeled by status",
                "chainID",
                "successful");
        reverted = metrics.counter(
                "tx_manager_num_tx_reverted", "Number of times a transaction reverted on-chain" + AGAIN, "chainID");
        broadcasted =
                metrics.counter("tx_manager_num_broadcasted", "The number of transactions broadcasted", "chainID");
        finalized = metrics.counter(
                "tx_manager_num_finalized_transactions", "Total number of finalized transactions", "chainID");
        attempts = metrics.gauge(
                "tx_manager_tx_attempt_count",
                "The number of transaction attempts that are currently being processed by the transaction manager",
                "chainID");
        unconfirmed =
                metrics.gauge("unconfirmed_transactions", "Number of currently unconfirmed transactions", "evmChainID");
        oldestSeconds = metrics.gauge(
                "max_unconfirmed_tx_age",
                "The length of time the oldest unconfirmed transaction has been in that state (in seconds). Will be 0"
                        + " if there are no unconfirmed transactions.",
                "evmChainID");
        oldestBlocks = metrics.gauge(
                "max_unconfirmed_blocks",
                "The max number of blocks any currently unconfirmed transaction has been unconfirmed for",
                "evmChainID");
        showInFlight(List.of(), OptionalLong.empty());
    }

    TxmMessages messages() {
        return messages;
    }

    /** Changes that were stored. */
    void written(KeyState before, List<RowChange> changes) {
        for (RowChange change : changes) {
            switch (change) {
                case RowChange.Sent sent -> sent(before.at(sent.nonce()), sent);
                case RowChange.Replaced replaced -> bumped(replaced);
                case RowChange.Mined mined -> mined(before.at(mined.nonce()), mined);
                case RowChange.Moved moved -> outcome(moved.id(), moved.receipt(), moved.purge());
                case RowChange.Reorged reorged -> messages.reorged(reorged.id(), reorged.nonce());
                case RowChange.Lost lost -> messages.lost(lost.id(), lost.nonce(), lost.error());
                case RowChange.Finalized block ->
                    finalized.labels(chain).add(block.ids().size());
                case RowChange.Refused refused -> messages.refusedByGate(refused.id(), refused.error());
                case RowChange.AdoptedQueued adopted ->
                    messages.adopted(
                            adopted.id(),
                            adopted.nonce(),
                            adopted.attempt().hash().toString());
                case RowChange.Adopted adopted ->
                    messages.adopted(
                            adopted.id(),
                            adopted.nonce(),
                            adopted.attempt().hash().toString());
                case RowChange.Noted noted -> messages.operatorActed(noted.actor(), noted.action(), noted.result());
                case RowChange.GivenUp given -> messages.givenUp(given.id(), given.nonce(), given.reason());
                case RowChange.Revived ignored -> {}
                case RowChange.Started ignored -> {}
                case RowChange.LacksFunds ignored -> {}
                case RowChange.Withdrawn ignored -> {}
                case RowChange.ReceiptMissing ignored -> {}
                case RowChange.BackInPool ignored -> {}
                case RowChange.Settled ignored -> {}
                case RowChange.Filled ignored -> {}
            }
        }
    }

    private void sent(InFlight before, RowChange.Sent sent) {
        if (before.everSent()) {
            return;
        }
        broadcasted.increment(chain);
        Duration waited = Duration.between(before.terms().askedAt(), time.now());
        untilBroadcast.observe((double) Math.max(0, waited.toNanos()), chain);
        messages.broadcast(sent.id(), sent.attempt().toString(), sent.nonce());
    }

    private void bumped(RowChange.Replaced replaced) {
        if (replaced.purgeReason().isEmpty()) {
            bumps.increment(chain);
        }
        messages.bumped(
                replaced.id(), replaced.nonce(), replaced.attempt().hash().toString());
    }

    private void mined(InFlight before, RowChange.Mined mined) {
        before.pace()
                .firstSentNanos()
                .ifPresent(sent -> untilConfirmed.observe((double) Math.max(0, time.monotonicNanos() - sent), chain));
        before.attempts().stream()
                .flatMapToLong(attempt -> attempt.sentBeforeBlock().stream())
                .min()
                .ifPresent(sent -> blocksUntilConfirmed.observe(
                        (double) Math.max(0, mined.receipt().blockNumber() - sent), chain));
        if (!mined.purge() && Forwarding.isForwarded(before.payload().data())) {
            forwarded.increment(chain, String.valueOf(mined.receipt().successful()));
        }
        outcome(mined.id(), mined.receipt(), mined.purge());
    }

    private void outcome(long id, MinedReceipt receipt, boolean purge) {
        confirmed.increment(chain);
        if (receipt.successful() && !purge) {
            successful.increment(chain);
        }
        if (!receipt.successful()) {
            reverted.increment(chain);
            messages.reverted(id, receipt.transactionHash().toString());
        }
    }

    void unconnected(InFlight transaction) {
        String mode =
                switch (transaction.top().signed().fee()) {
                    case FeeQuote.Legacy _ -> "legacy";
                    case FeeQuote.Dynamic _ -> "eip1559";
                };
        unconnected.increment(chain, mode);
        messages.unconnected(transaction.id(), transaction.nonce());
    }

    void bumpAtLimit(InFlight transaction, FeeBump.AtLimit limit) {
        bumpsAtLimit.increment(chain);
        messages.bumpAtLimit(
                transaction.id(),
                transaction.nonce(),
                limit.wanted().ceiling().toString(),
                limit.ceiling().toString());
    }

    /** Sets the gauges from all that is on its way now. */
    void showInFlight(List<InFlight> all, OptionalLong head) {
        unconfirmed.set(all.size(), chain);
        attempts.set(
                (double) all.stream().mapToLong(one -> one.attempts().size()).sum(), chain);
        long seconds = all.stream()
                .mapToLong(one ->
                        Duration.between(one.terms().askedAt(), time.now()).toSeconds())
                .max()
                .orElse(0);
        oldestSeconds.set((double) Math.max(0, seconds), chain);
        long blocks = all.stream()
                .flatMap(one -> one.attempts().stream())
                .flatMapToLong(attempt -> attempt.sentBeforeBlock().stream())
                .map(sent -> head.orElse(sent) - sent)
                .max()
                .orElse(0);
        oldestBlocks.set((double) Math.max(0, blocks), chain);
    }
}
