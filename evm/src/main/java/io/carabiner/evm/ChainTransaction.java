package io.carabiner.evm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A transaction as a block has it. Immutable.
 *
 * @param to empty for the creation of a contract
 * @param type the number of its kind (EIP-2718); 0 for legacy ones
 * @param fee what it offers; a single price also for kinds that are not known here
 * @param v the signature's first number: for typed transactions the parity, for legacy ones with the chain's id in it
 * @param bareOfLists whether it names no access list
 */
public record ChainTransaction(
        Hash32 hash,
        Address from,
        Optional<Address> to,
        long nonce,
        Bytes input,
        Wei value,
        long gas,
        int type,
        FeeQuote fee,
        BigInteger v,
        BigInteger r,
        BigInteger s,
        boolean bareOfLists) {}
