package io.carabiner.evm;

/** What the intake has to tell the operator. */
interface IntakeReports {

    /** Blocks from this one on were replaced by others. */
    void reorg(long from, long cursor);

    /** Blocks were replaced that were final: everything from this one on is read again. */
    void deepReorg(long from, long cursor);

    /** The chain began anew: it has another first block. */
    void chainReset(long head, long cursor);

    /** The chain, with the same first block, is far shorter than what is stored. */
    void chainShorter(long head, long cursor);

    /** Events turned up in blocks that were left out because of their headers; they are given now. */
    void bloomLied(long block, int events);

    /** Blocks were left out because {@code BlockBackfillSkip} is set. */
    void skipped(long from, long to);

    /** A range was refused as too large; smaller ones are asked for. */
    void rangeReduced(int blocks, String why);

    /** Events and blocks were stored. */
    void stored(long blocks, int logs);

    /** A subscriber failed after the commit; what is stored is not touched. */
    void subscriberFailed(RuntimeException fault);
}
