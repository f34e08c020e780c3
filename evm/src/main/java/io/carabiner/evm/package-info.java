/**
 * Speaks JSON-RPC to EVM chains: endpoints, heads, logs with a durable cursor, gas prices.
 *
 * <p>It owns the cursor and block tables. It must not know jobs, keys or transactions of ours.
 */
@NullMarked
package io.carabiner.evm;

import org.jspecify.annotations.NullMarked;
