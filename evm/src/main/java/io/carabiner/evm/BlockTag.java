package io.carabiner.evm;

/** A block by its role instead of its number, or a number. */
public sealed interface BlockTag {

    /** The newest block. */
    BlockTag LATEST = new Named("latest");
    /** The newest block and the endpoint's own pool on top. */
    BlockTag PENDING = new Named("pending");
    /** The newest block that the chain calls safe. */
    BlockTag SAFE = new Named("safe");
    /** The newest block that the chain calls final. */
    BlockTag FINALIZED = new Named("finalized");

    /** The block at this height. */
    static BlockTag number(long number) {
        return new Numbered(number);
    }

    /** As JSON-RPC writes it. */
    String wire();

    /** A tag word. */
    record Named(String wire) implements BlockTag {}

    /**
     * A height.
     *
     * @param number 0 or more
     */
    record Numbered(long number) implements BlockTag {
        @Override
        public String wire() {
            return "0x" + Long.toHexString(number);
        }
    }
}
