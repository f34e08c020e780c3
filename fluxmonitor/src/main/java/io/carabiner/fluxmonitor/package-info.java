/**
 * Flux monitor jobs: watch a price, start and join rounds of a FluxAggregator contract, and answer each round once.
 *
 * <p>It owns the rules of timers and rounds, and the table of what was submitted. It must not know HTTP routes, command
 * lines, or how a transaction gets onto the chain.
 */
@NullMarked
package io.carabiner.fluxmonitor;

import org.jspecify.annotations.NullMarked;
