package io.carabiner.config;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Juels;
import io.carabiner.primitives.Wei;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One EVM chain: an {@code [[EVM]]} section with the chain's own defaults laid under it.
 *
 * <p>Components carry the names of the TOML keys and are documented in {@code docs/configuration.md}; depths are in
 * blocks, {@code 0} mostly means "off". Immutable.
 */
public record EvmConfig(
        ChainId chainId,
        boolean enabled,
        boolean autoCreateKey,
        long blockBackfillDepth,
        boolean blockBackfillSkip,
        Optional<ChainType> chainType,
        long finalityDepth,
        long safeDepth,
        boolean finalityTagEnabled,
        boolean safeTagSupported,
        Optional<Address> flagsContractAddress,
        Optional<Address> linkContractAddress,
        long logBackfillBatchSize,
        Duration logPollInterval,
        long logKeepBlocksDepth,
        long logPrunePageSize,
        long backupLogPollerBlockDelay,
        long minIncomingConfirmations,
        Juels minContractPayment,
        boolean nonceAutoSync,
        Duration noNewHeadsThreshold,
        boolean logBroadcasterEnabled,
        Optional<Address> operatorFactoryAddress,
        long rpcDefaultBatchSize,
        int rpcBlockQueryDelay,
        long finalizedBlockOffset,
        Duration noNewFinalizedHeadsThreshold,
        Transactions transactions,
        BalanceMonitor balanceMonitor,
        GasEstimator gasEstimator,
        HeadTracker headTracker,
        List<KeySpecific> keySpecific,
        NodePool nodePool,
        Ocr ocr,
        Ocr2 ocr2,
        List<EvmNode> nodes) {

    /** What is set for this key alone, if anything. */
    public Optional<KeySpecific> keySpecific(Address key) {
        return keySpecific.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /** The highest price of gas this key may pay: its own ceiling where that is set and lower than the chain's. */
    public Wei priceMax(Address key) {
        return keySpecific(key)
                .flatMap(entry -> entry.gasEstimator().priceMax())
                .filter(own -> !own.equals(Wei.ZERO))
                .map(own -> own.min(gasEstimator.priceMax()))
                .orElse(gasEstimator.priceMax());
    }

    /** The oldest this many unconfirmed transactions are bumped; 0 = all of them. */
    public long bumpTxDepth() {
        return gasEstimator.bumpTxDepth().orElse(transactions.maxInFlight());
    }

    /** The fee cap leaves room for the base fee to rise for this many full blocks. */
    public long feeCapBufferBlocks() {
        return gasEstimator
                .blockHistory()
                .eip1559FeeCapBufferBlocks()
                .map(Integer::longValue)
                .orElse(gasEstimator.bumpThreshold() + 1);
    }

    /** Section {@code EVM.Transactions}. */
    public record Transactions(
            boolean enabled,
            boolean forwardersEnabled,
            long maxInFlight,
            long maxQueued,
            Duration reaperInterval,
            Duration reaperThreshold,
            Duration resendAfterThreshold,
            Duration confirmationTimeout,
            AutoPurge autoPurge,
            TransactionManagerV2 transactionManagerV2) {}

    /** Section {@code EVM.Transactions.AutoPurge}. */
    public record AutoPurge(
            boolean enabled, Optional<Long> threshold, Optional<Long> minAttempts, Optional<URI> detectionApiUrl) {}

    /** Section {@code EVM.Transactions.TransactionManagerV2}. */
    public record TransactionManagerV2(
            boolean enabled, Optional<Duration> blockTime, Optional<URI> customUrl, Optional<Boolean> dualBroadcast) {}

    /** Section {@code EVM.BalanceMonitor}. */
    public record BalanceMonitor(boolean enabled) {}

    /** Section {@code EVM.GasEstimator}. */
    public record GasEstimator(
            GasEstimatorMode mode,
            Wei priceDefault,
            Wei priceMax,
            Wei priceMin,
            long limitDefault,
            long limitMax,
            BigDecimal limitMultiplier,
            long limitTransfer,
            boolean estimateLimit,
            Optional<Address> senderAddress,
            Wei bumpMin,
            int bumpPercent,
            long bumpThreshold,
            Optional<Long> bumpTxDepth,
            boolean eip1559DynamicFees,
            Wei feeCapDefault,
            Wei tipCapDefault,
            Wei tipCapMin,
            LimitJobType limitJobType,
            BlockHistory blockHistory,
            FeeHistory feeHistory,
            DaOracle daOracle) {}

    /** Section {@code EVM.GasEstimator.LimitJobType}: gas limits that replace the default for one type of job. */
    public record LimitJobType(
            Optional<Long> ocr,
            Optional<Long> ocr2,
            Optional<Long> dr,
            Optional<Long> vrf,
            Optional<Long> fm,
            Optional<Long> keeper) {}

    /** Section {@code EVM.GasEstimator.BlockHistory}. */
    public record BlockHistory(
            long batchSize,
            int blockHistorySize,
            int checkInclusionBlocks,
            int checkInclusionPercentile,
            Optional<Integer> eip1559FeeCapBufferBlocks,
            int transactionPercentile) {}

    /** Section {@code EVM.GasEstimator.FeeHistory}. */
    public record FeeHistory(Duration cacheTimeout) {}

    /** Section {@code EVM.GasEstimator.DAOracle}. */
    public record DaOracle(
            Optional<String> oracleType, Optional<Address> oracleAddress, Optional<String> customGasPriceCalldata) {}

    /** Section {@code EVM.HeadTracker}. */
    public record HeadTracker(
            long historyDepth,
            long maxBufferSize,
            Duration samplingInterval,
            long maxAllowedFinalityDepth,
            boolean finalityTagBypass,
            boolean persistenceEnabled,
            long persistenceBatchSize) {}

    /** One entry of {@code EVM.KeySpecific}. */
    public record KeySpecific(Address key, KeyGasEstimator gasEstimator) {}

    /** Section {@code EVM.KeySpecific.GasEstimator}. */
    public record KeyGasEstimator(Optional<Wei> priceMax) {}

    /** Section {@code EVM.NodePool}. */
    public record NodePool(
            long pollFailureThreshold,
            Duration pollInterval,
            SelectionMode selectionMode,
            long syncThreshold,
            Duration leaseDuration,
            boolean nodeIsSyncingEnabled,
            Duration finalizedBlockPollInterval,
            boolean enforceRepeatableRead,
            Duration deathDeclarationDelay,
            Duration newHeadsPollInterval,
            boolean verifyChainId,
            long externalRequestMaxResponseSize,
            ClientErrors errors) {}

    /** Section {@code EVM.NodePool.Errors}: regular expressions that classify an endpoint's error messages. */
    public record ClientErrors(
            Optional<String> nonceTooLow,
            Optional<String> nonceTooHigh,
            Optional<String> replacementTransactionUnderpriced,
            Optional<String> limitReached,
            Optional<String> transactionAlreadyInMempool,
            Optional<String> terminallyUnderpriced,
            Optional<String> insufficientEth,
            Optional<String> txFeeExceedsCap,
            Optional<String> l2FeeTooLow,
            Optional<String> l2FeeTooHigh,
            Optional<String> l2Full,
            Optional<String> transactionAlreadyMined,
            Optional<String> fatal,
            Optional<String> serviceUnavailable,
            Optional<String> tooManyResults,
            Optional<String> missingBlocks) {}

    /** Section {@code EVM.OCR}. */
    public record Ocr(
            int contractConfirmations,
            Duration contractTransmitterTransmitTimeout,
            Duration databaseTimeout,
            Duration deltaCOverride,
            Duration deltaCJitterOverride,
            Duration observationGracePeriod) {}

    /** Section {@code EVM.OCR2}. */
    public record Ocr2(Automation automation) {}

    /** Section {@code EVM.OCR2.Automation}. */
    public record Automation(long gasLimit) {}
}
