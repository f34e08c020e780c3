package io.carabiner.config;

import static io.carabiner.config.ConfigKey.UNSET;
import static io.carabiner.config.ConfigKey.Use.INERT;
import static io.carabiner.config.ConfigKey.Use.LIVE;
import static io.carabiner.config.ConfigKey.key;
import static io.carabiner.config.ConfigKey.quiet;
import static io.carabiner.config.KeyTypes.ADDRESS;
import static io.carabiner.config.KeyTypes.BOOL;
import static io.carabiner.config.KeyTypes.DURATION;
import static io.carabiner.config.KeyTypes.INT;
import static io.carabiner.config.KeyTypes.INT32;
import static io.carabiner.config.KeyTypes.SELECTION_MODE;
import static io.carabiner.config.KeyTypes.STRING;
import static io.carabiner.config.KeyTypes.UINT16;
import static io.carabiner.config.KeyTypes.UINT32;
import static io.carabiner.config.KeyTypes.UINT64;
import static io.carabiner.config.KeyTypes.URL;
import static io.carabiner.config.KeyTypes.WEI;

import java.util.List;

/**
 * The keys of how a chain is reached and followed, and of what runs on it, in the order in which they are printed.
 */
final class EvmNetworkKeys {

    private EvmNetworkKeys() {}

    static final List<ConfigKey> ALL = List.of(
            key("EVM[].HeadTracker.HistoryDepth", UINT32, "100", LIVE, "Heads kept below finality."),
            key(
                    "EVM[].HeadTracker.MaxBufferSize",
                    UINT32,
                    "3",
                    INERT,
                    "Heads that may wait for a listener before the oldest is dropped."),
            key(
                    "EVM[].HeadTracker.SamplingInterval",
                    DURATION,
                    "1s",
                    INERT,
                    "Heads are given on at most this often; 0 = every head."),
            key(
                    "EVM[].HeadTracker.MaxAllowedFinalityDepth",
                    UINT32,
                    "10000",
                    INERT,
                    "Greatest distance of the finalized block that is believed, 1 or more."),
            key(
                    "EVM[].HeadTracker.FinalityTagBypass",
                    BOOL,
                    "false",
                    LIVE,
                    "Take FinalityDepth instead of the finalized tag in the head tracker."),
            key("EVM[].HeadTracker.PersistenceEnabled", BOOL, "true", INERT, "Store heads in the database."),
            key("EVM[].HeadTracker.PersistenceBatchSize", INT, "100", INERT, "Heads written at a time."),
            key("EVM[].KeySpecific[].Key", ADDRESS, UNSET, LIVE, "The key these settings are for, unique."),
            key("EVM[].KeySpecific[].GasEstimator.PriceMax", WEI, UNSET, LIVE, "No transaction of this key pays more."),
            key(
                    "EVM[].NodePool.PollFailureThreshold",
                    UINT32,
                    "5",
                    LIVE,
                    "Failed looks in a row after which an endpoint is unhealthy; 0 = off."),
            key(
                    "EVM[].NodePool.PollInterval",
                    DURATION,
                    "10s",
                    LIVE,
                    "Least time between looks at an idle endpoint; 0 = none."),
            key(
                    "EVM[].NodePool.SelectionMode",
                    SELECTION_MODE,
                    "HighestHead",
                    LIVE,
                    "HighestHead or TotalDifficulty (the healthiest endpoint), RoundRobin or PriorityLevel."),
            key(
                    "EVM[].NodePool.SyncThreshold",
                    UINT32,
                    "5",
                    LIVE,
                    "Blocks behind the best endpoint after which one is asked last; 0 = off."),
            key(
                    "EVM[].NodePool.LeaseDuration",
                    DURATION,
                    "0s",
                    LIVE,
                    "How often the subscription to heads moves to the best endpoint; 0 = only when it must."),
            key(
                    "EVM[].NodePool.NodeIsSyncingEnabled",
                    BOOL,
                    "false",
                    LIVE,
                    "Ask an endpoint whether it is syncing before it is used."),
            key(
                    "EVM[].NodePool.FinalizedBlockPollInterval",
                    DURATION,
                    "5s",
                    LIVE,
                    "0 = never ask an idle endpoint for its finalized block; else with the looks at it."),
            key(
                    "EVM[].NodePool.EnforceRepeatableRead",
                    BOOL,
                    "true",
                    LIVE,
                    "Refuse a finalized block lower than one that was given before, where another endpoint is there."),
            key(
                    "EVM[].NodePool.DeathDeclarationDelay",
                    DURATION,
                    "1m",
                    LIVE,
                    "How long an endpoint may be unhealthy before that is logged as an error."),
            key(
                    "EVM[].NodePool.NewHeadsPollInterval",
                    DURATION,
                    "0s",
                    LIVE,
                    "How often the head is asked for over HTTP; 0 = subscribe, which needs WSURL."),
            key("EVM[].NodePool.VerifyChainID", BOOL, "true", LIVE, "Check an endpoint's chain id before it is used."),
            key(
                    "EVM[].NodePool.ExternalRequestMaxResponseSize",
                    UINT32,
                    "50000",
                    INERT,
                    "Largest answer to a request made for others, bytes; 0 = off."),
            key(
                    "EVM[].NodePool.Errors.NonceTooLow",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means nonce too low."),
            key(
                    "EVM[].NodePool.Errors.NonceTooHigh",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means nonce too high."),
            key(
                    "EVM[].NodePool.Errors.ReplacementTransactionUnderpriced",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means replacement transaction underpriced."),
            key(
                    "EVM[].NodePool.Errors.LimitReached",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means limit reached."),
            key(
                    "EVM[].NodePool.Errors.TransactionAlreadyInMempool",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means transaction already in mempool."),
            key(
                    "EVM[].NodePool.Errors.TerminallyUnderpriced",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means terminally underpriced."),
            key(
                    "EVM[].NodePool.Errors.InsufficientEth",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means insufficient eth."),
            key(
                    "EVM[].NodePool.Errors.TxFeeExceedsCap",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means tx fee exceeds cap."),
            key(
                    "EVM[].NodePool.Errors.L2FeeTooLow",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means L2 fee too low."),
            key(
                    "EVM[].NodePool.Errors.L2FeeTooHigh",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means L2 fee too high."),
            key(
                    "EVM[].NodePool.Errors.L2Full",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means L2 full."),
            key(
                    "EVM[].NodePool.Errors.TransactionAlreadyMined",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means transaction already mined."),
            key(
                    "EVM[].NodePool.Errors.Fatal",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means fatal."),
            key(
                    "EVM[].NodePool.Errors.ServiceUnavailable",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means service unavailable."),
            key(
                    "EVM[].NodePool.Errors.TooManyResults",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means too many results."),
            key(
                    "EVM[].NodePool.Errors.MissingBlocks",
                    STRING,
                    UNSET,
                    LIVE,
                    "Regular expression: an error message that means missing blocks."),
            key(
                    "EVM[].OCR.ContractConfirmations",
                    UINT16,
                    "4",
                    INERT,
                    "Blocks a config change must be deep before it counts."),
            key(
                    "EVM[].OCR.ContractTransmitterTransmitTimeout",
                    DURATION,
                    "10s",
                    INERT,
                    "Limit for handing a report to the transaction manager."),
            key("EVM[].OCR.DatabaseTimeout", DURATION, "10s", INERT, "Limit for a database call by OCR jobs."),
            key("EVM[].OCR.DeltaCOverride", DURATION, "168h", INERT, "Replaces the contract config's DeltaC."),
            key("EVM[].OCR.DeltaCJitterOverride", DURATION, "1h", INERT, "Random part added to DeltaC."),
            key(
                    "EVM[].OCR.ObservationGracePeriod",
                    DURATION,
                    "1s",
                    INERT,
                    "How long slow observations are waited for."),
            key("EVM[].OCR2.Automation.GasLimit", UINT32, "5400000", INERT, "Gas limit of automation transmissions."),
            key("EVM[].Workflow.FromAddress", ADDRESS, UNSET, INERT, "Key that sends the transactions of workflows."),
            key("EVM[].Workflow.ForwarderAddress", ADDRESS, UNSET, INERT, "Forwarder contract of workflows."),
            key(
                    "EVM[].Workflow.GasLimitDefault",
                    UINT64,
                    "400000",
                    INERT,
                    "Gas limit of the transactions of workflows."),
            key(
                    "EVM[].Workflow.TxAcceptanceState",
                    UINT32,
                    "2",
                    INERT,
                    "State in which such a transaction counts as accepted."),
            key("EVM[].Workflow.PollPeriod", DURATION, "2s", INERT, "How often that state is looked at."),
            key("EVM[].Workflow.AcceptanceTimeout", DURATION, "30s", INERT, "How long that state is waited for."),
            key("EVM[].Nodes[].Name", STRING, UNSET, LIVE, "Name of the endpoint, unique over all chains."),
            key(
                    "EVM[].Nodes[].WSURL",
                    URL,
                    UNSET,
                    LIVE,
                    "ws or wss URL; primary nodes need it while LogBroadcasterEnabled is true or NewHeadsPollInterval"
                            + " is 0."),
            key("EVM[].Nodes[].HTTPURL", URL, UNSET, LIVE, "http or https URL, required and unique."),
            key(
                    "EVM[].Nodes[].HTTPURLExtraWrite",
                    URL,
                    UNSET,
                    LIVE,
                    "http or https URL that transactions are sent to as well."),
            quiet("EVM[].Nodes[].SendOnly", BOOL, "false", LIVE, "Used for sending transactions only."),
            quiet("EVM[].Nodes[].Order", INT32, "100", LIVE, "Priority, 1 (first) to 100, for PriorityLevel."),
            quiet("EVM[].Nodes[].IsLoadBalancedRPC", BOOL, "false", INERT, "Several servers answer behind this URL."));
}
