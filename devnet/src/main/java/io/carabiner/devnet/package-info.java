/**
 * One command from nothing to a fulfilled request: a database, a chain, contracts, a data source.
 *
 * <p>It owns the devnet folder. It must not be needed by a node that runs for real.
 */
@NullMarked
package io.carabiner.devnet;

import org.jspecify.annotations.NullMarked;
