/**
 * What tasks pass on: the kinds of values that the Go node tells apart, its coercions between them, decimals, JSON and
 * CBOR, and how all of it prints in messages.
 *
 * <p>Pure: no IO, no clock, no SQL. It must not know graphs, tasks, chains or HTTP.
 */
@NullMarked
package io.carabiner.values;

import org.jspecify.annotations.NullMarked;
