package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

import io.carabiner.primitives.ChainId;
import java.time.Duration;
import java.util.List;

/** What the node says about a chain: endpoints, heads, logs, gas prices. Thread-safe. */
public final class EvmMessages {

    private final OperatorLog log;

    /** The messages of one chain, under the Go node's logger name {@code EVM.<chain id>}. */
    public EvmMessages(ChainId chain) {
        this.log = OperatorLog.named("EVM." + chain);
    }

    /** No endpoint answers: nothing can be read or sent. */
    public void noLiveNodes(List<String> nodes) {
        log.critical(
                "EVM_NO_LIVE_NODES",
                "No live RPC nodes available: nothing can be read or sent until one of them answers",
                field("nodeNames", String.join(", ", nodes)));
    }

    /** An endpoint has not been usable for long. */
    public void endpointDead(String node, Duration delay, String why) {
        log.error(
                "EVM_ENDPOINT_DEAD",
                "An RPC endpoint has not been usable for " + delay.toSeconds() + " s; it is tried on: " + why,
                field("nodeName", node));
    }

    /** An endpoint is behind the others. */
    public void endpointOutOfSync(String node, String why) {
        log.warn("EVM_ENDPOINT_OUT_OF_SYNC", why, field("nodeName", node));
    }

    /** An endpoint is still syncing and not used. */
    public void endpointSyncing(String node, String why) {
        log.warn("EVM_ENDPOINT_SYNCING", why, field("nodeName", node));
    }

    /** Endpoints say different things, and no majority settles it. */
    public void endpointsDisagree(String method, List<String> nodes) {
        log.warn(
                "EVM_ENDPOINTS_DISAGREE",
                "RPC endpoints answer " + method + " differently; the cautious reading is taken. If this stays, one of"
                        + " them lags or lies: compare them, or add a third one to settle it",
                field("nodeNames", String.join(", ", nodes)));
    }

    /** The day's calls are spent. */
    public void rpcBudgetSpent(long dailyCallsMax, Duration untilMidnight) {
        log.warn(
                "EVM_RPC_BUDGET_SPENT",
                "The day's " + dailyCallsMax + " RPC calls are spent (Carabiner.RPC.DailyCallsMax). Put off for "
                        + untilMidnight.toMinutes() + " minutes: looks at idle endpoints, second calls to slow"
                        + " endpoints, balances. Requests, transactions and logs go on, and are counted");
    }

    /** An endpoint was checked and is used. */
    public void endpointAlive(String node) {
        log.info("EVM_ENDPOINT_ALIVE", "RPC endpoint is alive", field("nodeName", node));
    }

    /** An endpoint serves another chain and is not used. */
    public void endpointWrongChain(String node, String why) {
        log.error("EVM_ENDPOINT_WRONG_CHAIN", why, field("nodeName", node));
    }

    /** An endpoint does not answer; it is tried again until it does. */
    public void endpointUnreachable(String node, String why) {
        log.warn("EVM_ENDPOINT_UNREACHABLE", why, field("nodeName", node));
    }

    /** Heads are subscribed to. */
    public void headsSubscribed(String node) {
        log.info("EVM_HEADS_SUBSCRIBED", "Subscribed to new heads", field("nodeName", node));
    }

    /** The connection with the subscription ended. */
    public void headsSubscriptionLost(String node) {
        log.warn(
                "EVM_HEADS_SUBSCRIPTION_LOST",
                "The subscription to new heads ended; subscribing again",
                field("nodeName", node));
    }

    /** A poll found a head that the subscription had not announced. */
    public void headsSubscriptionSilent(String node) {
        log.warn(
                "EVM_HEADS_SUBSCRIPTION_SILENT",
                "The endpoint has a newer head than its subscription announced; subscribing again on a new connection",
                field("nodeName", node));
    }

    /** A subscription could not be made. */
    public void headsConnectionError(String why) {
        log.warn("EVM_HEADS_CONNECTION_ERROR", "New heads are polled, because there is no subscription: " + why);
    }

    /** No endpoint tells the newest head. */
    public void headUnknown(String why) {
        log.error("EVM_HEAD_UNKNOWN", "The newest head is not known: " + why);
    }

    /** An old head was announced. */
    public void lowerHead(String node, long number, long newest) {
        log.debug(
                "EVM_LOWER_HEAD",
                "Got a lower head than the newest one",
                field("nodeName", node),
                field("blockNumber", number),
                field("newest", newest));
    }

    /** Something that listens to heads threw. */
    public void headListenerFailed(Throwable fault) {
        log.error("EVM_HEAD_LISTENER_FAILED", "A part of the node failed on a new head; it gets the next one", fault);
    }

    /** Blocks were replaced by others. */
    public void reorg(long from, long cursor) {
        log.info("EVM_REORG", "Chain reorg: blocks are read again", field("fromBlock", from), field("toBlock", cursor));
    }

    /** More blocks were replaced than can be. */
    public void deepReorg(long from, long cursor) {
        log.critical(
                "EVM_DEEP_REORG",
                "Reorg greater than finality depth detected: all blocks from fromBlock on are read again; check the"
                        + " endpoint, and FinalityDepth if the chain really does this",
                field("fromBlock", from),
                field("toBlock", cursor));
    }

    /** The chain has another first block and is shorter: it began anew. */
    public void chainReset(long head, long cursor) {
        log.critical(
                "EVM_CHAIN_RESET",
                "The chain began anew: it has another first block and ends below what is stored. All its blocks are"
                        + " read; if this is not a development chain, check which network the endpoint serves",
                field("blockNumber", head),
                field("stored", cursor));
    }

    /** The chain ends far below what is stored. */
    public void chainShorter(long head, long cursor) {
        log.critical(
                "EVM_CHAIN_SHORTER",
                "The chain ends far below what is stored: the endpoint is still synchronising, or the chain was set"
                        + " back. Nothing is read until it has grown; to read it from its beginning run:"
                        + " carabiner blocks replay --block-number 0 --force --evm-chain-id ID",
                field("blockNumber", head),
                field("stored", cursor));
    }

    /** Events turned up in blocks whose headers said that they hold none. */
    public void bloomLied(long block, int events) {
        log.warn(
                "EVM_EVENTS_FOUND_LATE",
                "Events were found in blocks that an endpoint had given as empty, or whose headers said so; they are"
                        + " given now, and headers are not believed any more",
                field("fromBlock", block),
                field("events", events));
    }

    /** The chain does not tell its newest final block. */
    public void finalityUnreadable(String why) {
        log.warn(
                "EVM_FINALITY_UNKNOWN",
                "The newest final block is not known; if the chain has no finalized tag, set FinalityTagEnabled ="
                        + " false and FinalityDepth: " + why);
    }

    /** Blocks were left out as configured. */
    public void blocksSkipped(long from, long to) {
        log.warn(
                "EVM_BLOCKS_SKIPPED",
                "BlockBackfillSkip is set: the events of these blocks are not read",
                field("fromBlock", from),
                field("toBlock", to));
    }

    /** An endpoint refuses wide ranges of logs. */
    public void logRangeReduced(int blocks, String why) {
        log.info("EVM_LOG_RANGE_REDUCED", "Logs are asked for in smaller ranges: " + why, field("blocks", blocks));
    }

    /** A part of the node failed on logs that are stored. */
    public void logSubscriberFailed(Throwable fault) {
        log.error("EVM_LOG_SUBSCRIBER_FAILED", "A part of the node failed on logs that are stored", fault);
    }

    /** Logs cannot be read now. */
    public void logsUnreadable(String why) {
        log.warn("EVM_LOGS_UNREADABLE", "Logs cannot be read; trying again: " + why);
    }

    /** An answer was not good enough. */
    public void logsAskedAgain(String why) {
        log.debug("EVM_LOGS_ASKED_AGAIN", "Logs are asked for again: " + why);
    }

    /** Logs were read but not stored. */
    public void logsNotStored(Throwable fault) {
        log.error("EVM_LOGS_NOT_STORED", "Logs could not be stored; trying again", fault);
    }

    /** Prices cannot be read now. */
    public void feesUnreadable(String why) {
        log.warn("EVM_FEES_UNREADABLE", "Gas prices cannot be read; the last known ones are used: " + why);
    }
}
