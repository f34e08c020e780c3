package io.carabiner.evm;

/**
 * The limits of the intake.
 *
 * @param finalityDepth {@code FinalityDepth}: every block this near to the head is checked by its hash
 * @param keepDepth of how many blocks behind the cursor every hash is kept: {@code FinalityDepth} and
 *     {@code HeadTracker.HistoryDepth} together
 * @param keepThinDepth {@code LogKeepBlocksDepth}: how far behind the cursor a hash now and then is kept
 * @param rangeMax {@code LogBackfillBatchSize}: the most blocks of one eth_getLogs
 * @param headersMax the most headers asked for in one request: {@code RPCDefaultBatchSize} less the logs
 * @param sweepBlocks so many blocks are followed by their announced headers before all their events are asked for once
 *     more
 * @param backfillDepth {@code BlockBackfillDepth}: how far before the head the first start begins
 * @param skipBackfill {@code BlockBackfillSkip}: after an absence of more than that many blocks, begin there too
 */
record IntakeRules(
        int finalityDepth,
        int keepDepth,
        long keepThinDepth,
        int rangeMax,
        int headersMax,
        int sweepBlocks,
        long backfillDepth,
        boolean skipBackfill) {

    /** At one sweep of two or three calls each, this costs a twentieth of a call a block. */
    static final int SWEEP_BLOCKS_DEFAULT = 64;
}
