/**
 * The Ethereum ABI: types, the Go node's way to write functions and events, and a codec with its conversions.
 *
 * <p>Pure: no IO, no clock, no SQL. It must not know graphs, tasks or endpoints.
 */
@NullMarked
package io.carabiner.abi;

import org.jspecify.annotations.NullMarked;
