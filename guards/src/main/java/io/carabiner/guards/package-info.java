/**
 * Guards the operator's money: a transaction that costs too much, earns too little, would revert or comes from the
 * wrong requester is refused before it has a nonce.
 *
 * <p>It owns what was spent on each day. It must not know jobs nor sign anything; who asked for a transaction and what
 * is paid for it is told through {@link io.carabiner.guards.RequestFacts}.
 */
@NullMarked
package io.carabiner.guards;

import org.jspecify.annotations.NullMarked;
