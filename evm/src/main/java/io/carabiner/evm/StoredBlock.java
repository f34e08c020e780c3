package io.carabiner.evm;

import io.carabiner.primitives.Hash32;

/**
 * A block that the node has read. Immutable.
 *
 * @param number the height
 * @param hash the block's hash as it was then
 */
public record StoredBlock(long number, Hash32 hash) {}
