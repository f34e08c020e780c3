/**
 * The transaction manager: nonces, fees, signed attempts, sending, confirmation, bumping.
 *
 * <p>It owns the transaction tables; a transaction is a row with a nonce before it is a broadcast. It must not know
 * jobs.
 */
@NullMarked
package io.carabiner.txm;

import org.jspecify.annotations.NullMarked;
