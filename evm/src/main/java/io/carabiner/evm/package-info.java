/**
 * Follows EVM chains: typed calls, heads, logs with a durable cursor, gas prices.
 *
 * <p>It owns the cursor and block tables. It must not know connections, jobs, keys or transactions of ours.
 */
@NullMarked
package io.carabiner.evm;

import org.jspecify.annotations.NullMarked;
