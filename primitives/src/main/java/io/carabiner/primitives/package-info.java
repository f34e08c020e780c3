/**
 * The words every room speaks: bytes, addresses, hashes, amounts of money, time, and the shape of a fault.
 *
 * <p>It owns no state and does no IO. It must not know any other room, any library, or the network.
 */
@NullMarked
package io.carabiner.primitives;

import org.jspecify.annotations.NullMarked;
