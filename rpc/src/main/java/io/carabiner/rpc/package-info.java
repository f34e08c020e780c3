/**
 * Speaks JSON-RPC to the endpoints of a chain: connections, which endpoint is asked, what its errors mean, how many
 * calls were made.
 *
 * <p>It must not know what the calls are about: blocks, events, prices and transactions of ours belong to the rooms
 * above.
 */
@NullMarked
package io.carabiner.rpc;

import org.jspecify.annotations.NullMarked;
