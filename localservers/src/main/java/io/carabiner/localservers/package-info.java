/**
 * Starts a real PostgreSQL server and a real anvil on loopback, and stops them, for the devnet and for tests.
 *
 * <p>It owns the child processes it starts and their data folders. It must not know contracts, jobs or the node.
 */
@NullMarked
package io.carabiner.localservers;

import org.jspecify.annotations.NullMarked;
