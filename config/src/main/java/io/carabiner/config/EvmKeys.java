package io.carabiner.config;

import static io.carabiner.config.ConfigKey.UNSET;
import static io.carabiner.config.ConfigKey.Use.INERT;
import static io.carabiner.config.ConfigKey.Use.LIVE;
import static io.carabiner.config.ConfigKey.key;
import static io.carabiner.config.ConfigKey.quiet;
import static io.carabiner.config.KeyTypes.ADDRESS;
import static io.carabiner.config.KeyTypes.BOOL;
import static io.carabiner.config.KeyTypes.CHAIN_ID;
import static io.carabiner.config.KeyTypes.CHAIN_TYPE;
import static io.carabiner.config.KeyTypes.DECIMAL;
import static io.carabiner.config.KeyTypes.DURATION;
import static io.carabiner.config.KeyTypes.ESTIMATOR_MODE;
import static io.carabiner.config.KeyTypes.LINK;
import static io.carabiner.config.KeyTypes.STRING;
import static io.carabiner.config.KeyTypes.UINT16;
import static io.carabiner.config.KeyTypes.UINT32;
import static io.carabiner.config.KeyTypes.UINT64;
import static io.carabiner.config.KeyTypes.URL;
import static io.carabiner.config.KeyTypes.WEI;

import java.util.List;

/** The keys of the chains themselves, their transactions and gas prices, in the order in which they are printed. */
final class EvmKeys {

    private EvmKeys() {}

    static final List<ConfigKey> ALL = List.of(
            key("EVM[].ChainID", CHAIN_ID, UNSET, LIVE, "Id of the chain, as text; required and unique."),
            quiet("EVM[].Enabled", BOOL, "true", LIVE, "The chain is used."),
            key("EVM[].AutoCreateKey", BOOL, "true", LIVE, "Make a key at the start if the chain has none."),
            key("EVM[].BlockBackfillDepth", UINT32, "10", LIVE, "Blocks looked back at the start for missed logs."),
            key("EVM[].BlockBackfillSkip", BOOL, "false", LIVE, "Skip long looks back."),
            key(
                    "EVM[].ChainType",
                    CHAIN_TYPE,
                    UNSET,
                    LIVE,
                    "Family of the chain; given by the chain id where that is known."),
            key("EVM[].FinalityDepth", UINT32, "50", LIVE, "A block this deep is taken as final, 1 or more."),
            key("EVM[].SafeDepth", UINT32, "0", INERT, "A block this deep is taken as safe; 0 = FinalityDepth."),
            key("EVM[].FinalityTagEnabled", BOOL, "false", LIVE, "Take finality from the chain's finalized tag."),
            key("EVM[].SafeTagSupported", BOOL, "true", INERT, "Take safety from the chain's safe tag."),
            key(
                    "EVM[].FlagsContractAddress",
                    ADDRESS,
                    UNSET,
                    LIVE,
                    "Contract that tells flux monitor and OCR jobs to pause."),
            key("EVM[].LinkContractAddress", ADDRESS, UNSET, LIVE, "The LINK token."),
            key("EVM[].LogBackfillBatchSize", UINT32, "1000", LIVE, "Blocks asked for in one eth_getLogs."),
            key("EVM[].LogPollInterval", DURATION, "15s", INERT, "How often logs are asked for."),
            key(
                    "EVM[].LogKeepBlocksDepth",
                    UINT32,
                    "100000",
                    LIVE,
                    "How far behind the head a block hash now and then is kept, to find where a deep reorg began."),
            key(
                    "EVM[].LogPrunePageSize",
                    UINT32,
                    "0",
                    INERT,
                    "Rows deleted at a time by the log poller; 0 = all at once."),
            key(
                    "EVM[].BackupLogPollerBlockDelay",
                    UINT64,
                    "100",
                    INERT,
                    "Delay of the backup log poller in blocks; 0 = off."),
            key(
                    "EVM[].MinIncomingConfirmations",
                    UINT32,
                    "3",
                    LIVE,
                    "Blocks a request must be deep before it is run, 1 or more."),
            key(
                    "EVM[].MinContractPayment",
                    LINK,
                    "10000000000000 juels",
                    LIVE,
                    "Least LINK a direct request must bring."),
            key("EVM[].NonceAutoSync", BOOL, "true", LIVE, "Take the chain's nonce at the start if it is ahead."),
            key(
                    "EVM[].NoNewHeadsThreshold",
                    DURATION,
                    "3m",
                    LIVE,
                    "An endpoint without a new head for this long is unhealthy; 0 = off."),
            key("EVM[].OperatorFactoryAddress", ADDRESS, UNSET, INERT, "Factory of operator contracts."),
            key("EVM[].LogBroadcasterEnabled", BOOL, "true", INERT, "While true every primary node needs a WSURL."),
            key("EVM[].RPCDefaultBatchSize", UINT32, "250", LIVE, "Calls in one JSON-RPC batch."),
            key(
                    "EVM[].RPCBlockQueryDelay",
                    UINT16,
                    "1",
                    INERT,
                    "Blocks behind the head that block history is read at."),
            key(
                    "EVM[].FinalizedBlockOffset",
                    UINT32,
                    "0",
                    LIVE,
                    "Blocks by which finality is moved back; HeadTracker.HistoryDepth must be as large."),
            key(
                    "EVM[].NoNewFinalizedHeadsThreshold",
                    DURATION,
                    "0",
                    INERT,
                    "An endpoint without a new finalized block for this long is unhealthy; 0 = off."),
            key("EVM[].Transactions.Enabled", BOOL, "true", INERT, "Transactions are sent on this chain."),
            key("EVM[].Transactions.ForwardersEnabled", BOOL, "false", LIVE, "Send through forwarder contracts."),
            key(
                    "EVM[].Transactions.MaxInFlight",
                    UINT32,
                    "16",
                    LIVE,
                    "Broadcast and unconfirmed transactions of one key; 0 = no limit."),
            key(
                    "EVM[].Transactions.MaxQueued",
                    UINT32,
                    "250",
                    LIVE,
                    "Transactions of one key that wait to be sent; 0 = no limit."),
            key(
                    "EVM[].Transactions.ReaperInterval",
                    DURATION,
                    "1h",
                    LIVE,
                    "How often old transactions are deleted; 0 = never."),
            key(
                    "EVM[].Transactions.ReaperThreshold",
                    DURATION,
                    "168h",
                    LIVE,
                    "Finished transactions older than this are deleted; 0 = never."),
            key(
                    "EVM[].Transactions.ResendAfterThreshold",
                    DURATION,
                    "1m",
                    LIVE,
                    "An unconfirmed transaction is sent again after this time; 0 = never."),
            key(
                    "EVM[].Transactions.ConfirmationTimeout",
                    DURATION,
                    "60s",
                    INERT,
                    "How long a confirmation is waited for by those who ask the transaction manager to."),
            key("EVM[].Transactions.AutoPurge.Enabled", BOOL, "false", LIVE, "Replace transactions that are stuck."),
            key(
                    "EVM[].Transactions.AutoPurge.Threshold",
                    UINT32,
                    UNSET,
                    LIVE,
                    "Blocks without progress before a transaction counts as stuck."),
            key(
                    "EVM[].Transactions.AutoPurge.MinAttempts",
                    UINT32,
                    UNSET,
                    LIVE,
                    "Attempts before a transaction counts as stuck."),
            key(
                    "EVM[].Transactions.AutoPurge.DetectionApiUrl",
                    URL,
                    UNSET,
                    LIVE,
                    "Service that tells which transactions are stuck; required on Scroll."),
            key(
                    "EVM[].Transactions.TransactionManagerV2.Enabled",
                    BOOL,
                    "false",
                    INERT,
                    "Use the second transaction manager."),
            key(
                    "EVM[].Transactions.TransactionManagerV2.BlockTime",
                    DURATION,
                    UNSET,
                    INERT,
                    "How often a transaction is looked at."),
            key(
                    "EVM[].Transactions.TransactionManagerV2.CustomURL",
                    URL,
                    UNSET,
                    INERT,
                    "Where transactions are sent instead."),
            key(
                    "EVM[].Transactions.TransactionManagerV2.DualBroadcast",
                    BOOL,
                    UNSET,
                    INERT,
                    "Send to CustomURL and to the nodes."),
            key("EVM[].BalanceMonitor.Enabled", BOOL, "true", LIVE, "Watch the keys' balances."),
            key(
                    "EVM[].GasEstimator.Mode",
                    ESTIMATOR_MODE,
                    "BlockHistory",
                    LIVE,
                    "BlockHistory, FixedPrice, SuggestedPrice (L2Suggested is its old name), Arbitrum or FeeHistory."),
            key(
                    "EVM[].GasEstimator.PriceDefault",
                    WEI,
                    "20 gwei",
                    LIVE,
                    "Price of legacy transactions before anything is known; PriceMin to PriceMax."),
            key(
                    "EVM[].GasEstimator.PriceMax",
                    WEI,
                    "115792089237316195423570985008687907853269984665.640564039457584007913129639935 tether",
                    LIVE,
                    "No transaction ever pays more."),
            key("EVM[].GasEstimator.PriceMin", WEI, "1 gwei", LIVE, "Least price of legacy transactions."),
            key("EVM[].GasEstimator.LimitDefault", UINT64, "500000", LIVE, "Gas limit of transactions that name none."),
            key("EVM[].GasEstimator.LimitMax", UINT64, "500000", LIVE, "Gas limits above this are cut."),
            key(
                    "EVM[].GasEstimator.LimitMultiplier",
                    DECIMAL,
                    "1.0",
                    LIVE,
                    "Factor on the gas limit of a transaction."),
            key("EVM[].GasEstimator.LimitTransfer", UINT64, "21000", INERT, "Gas limit of a plain transfer."),
            key(
                    "EVM[].GasEstimator.EstimateLimit",
                    BOOL,
                    "false",
                    INERT,
                    "Ask the chain for the gas limit of each transaction."),
            key(
                    "EVM[].GasEstimator.SenderAddress",
                    ADDRESS,
                    UNSET,
                    INERT,
                    "Sender named when the gas limit is asked for."),
            key(
                    "EVM[].GasEstimator.BumpMin",
                    WEI,
                    "5 gwei",
                    LIVE,
                    "A bump adds at least this much, or BumpPercent if that is more."),
            key("EVM[].GasEstimator.BumpPercent", UINT16, "20", LIVE, "A bump adds at least this part, 10 or more."),
            key(
                    "EVM[].GasEstimator.BumpThreshold",
                    UINT32,
                    "3",
                    LIVE,
                    "Blocks without confirmation after which the price is bumped; 0 = never."),
            key(
                    "EVM[].GasEstimator.BumpTxDepth",
                    UINT32,
                    UNSET,
                    LIVE,
                    "The oldest this many transactions are bumped; unset = MaxInFlight, 0 = all."),
            key(
                    "EVM[].GasEstimator.EIP1559DynamicFees",
                    BOOL,
                    "false",
                    LIVE,
                    "Send dynamic-fee (type 2) transactions."),
            key(
                    "EVM[].GasEstimator.FeeCapDefault",
                    WEI,
                    "100 gwei",
                    LIVE,
                    "Fee cap of dynamic-fee transactions; TipCapDefault to PriceMax."),
            key(
                    "EVM[].GasEstimator.TipCapDefault",
                    WEI,
                    "1 wei",
                    LIVE,
                    "Tip of dynamic-fee transactions; TipCapMin or more."),
            key("EVM[].GasEstimator.TipCapMin", WEI, "1 wei", LIVE, "Least tip that is offered."),
            key("EVM[].GasEstimator.LimitJobType.OCR", UINT32, UNSET, INERT, "Gas limit of OCR jobs."),
            key("EVM[].GasEstimator.LimitJobType.OCR2", UINT32, UNSET, INERT, "Gas limit of OCR2 jobs."),
            key("EVM[].GasEstimator.LimitJobType.DR", UINT32, UNSET, LIVE, "Gas limit of direct request jobs."),
            key("EVM[].GasEstimator.LimitJobType.VRF", UINT32, UNSET, INERT, "Gas limit of VRF jobs."),
            key("EVM[].GasEstimator.LimitJobType.FM", UINT32, UNSET, LIVE, "Gas limit of flux monitor jobs."),
            key("EVM[].GasEstimator.LimitJobType.Keeper", UINT32, UNSET, INERT, "Gas limit of keeper jobs."),
            key(
                    "EVM[].GasEstimator.BlockHistory.BatchSize",
                    UINT32,
                    "25",
                    INERT,
                    "Blocks asked for in one batch; 0 = RPCDefaultBatchSize."),
            key(
                    "EVM[].GasEstimator.BlockHistory.BlockHistorySize",
                    UINT16,
                    "8",
                    LIVE,
                    "Recent blocks that are looked at, 1 or more in mode BlockHistory."),
            key(
                    "EVM[].GasEstimator.BlockHistory.CheckInclusionBlocks",
                    UINT16,
                    "12",
                    LIVE,
                    "Recent blocks in which a transaction should have been included; 0 = do not check."),
            key(
                    "EVM[].GasEstimator.BlockHistory.CheckInclusionPercentile",
                    UINT16,
                    "90",
                    LIVE,
                    "Percentile of the price that a transaction should have been included at."),
            key(
                    "EVM[].GasEstimator.BlockHistory.EIP1559FeeCapBufferBlocks",
                    UINT16,
                    UNSET,
                    LIVE,
                    "Full blocks the fee cap leaves room for; unset = BumpThreshold + 1."),
            key(
                    "EVM[].GasEstimator.BlockHistory.TransactionPercentile",
                    UINT16,
                    "60",
                    LIVE,
                    "Percentile of the prices in these blocks, 0 to 100."),
            key("EVM[].GasEstimator.FeeHistory.CacheTimeout", DURATION, "10s", LIVE, "How long an estimate is used."),
            key(
                    "EVM[].GasEstimator.DAOracle.OracleType",
                    STRING,
                    UNSET,
                    INERT,
                    "opstack, arbitrum, zksync or custom_calldata."),
            key(
                    "EVM[].GasEstimator.DAOracle.OracleAddress",
                    ADDRESS,
                    UNSET,
                    INERT,
                    "Contract that tells the price of data."),
            key(
                    "EVM[].GasEstimator.DAOracle.CustomGasPriceCalldata",
                    STRING,
                    UNSET,
                    INERT,
                    "Call data in hex, for custom_calldata."));
}
