package io.carabiner.evm;

/**
 * The limits of the intake.
 *
 * @param finalityDepth {@code FinalityDepth}: every block this near to the head is checked by its hash
 * @param keepDepth how many blocks' hashes are kept behind the cursor: {@code FinalityDepth} and
 *     {@code HeadTracker.HistoryDepth} together
 * @param rangeMax {@code LogBackfillBatchSize}: the most blocks of one eth_getLogs
 * @param headersMax the most headers asked for in one request: {@code RPCDefaultBatchSize} less the logs
 * @param backfillDepth {@code BlockBackfillDepth}: how far before the head the first start begins
 * @param skipBackfill {@code BlockBackfillSkip}: after an absence of more than that many blocks, begin there too
 */
record IntakeRules(
        int finalityDepth, int keepDepth, int rangeMax, int headersMax, long backfillDepth, boolean skipBackfill) {}
