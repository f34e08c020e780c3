package io.carabiner.evm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Wei;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call that is only simulated ({@code eth_call}, {@code eth_estimateGas}).
 *
 * @param from who calls; empty for the zero account
 * @param to the contract
 * @param data the call data; sent as both {@code input} and {@code data}, since some endpoints know only one
 * @param value the coins sent along; empty for none
 * @param gas the gas limit; empty for the endpoint's own
 */
public record CallRequest(Optional<Address> from, Address to, Bytes data, Optional<Wei> value, OptionalLong gas) {

    /** A plain read of a contract. */
    public static CallRequest to(Address contract, Bytes data) {
        return new CallRequest(Optional.empty(), contract, data, Optional.empty(), OptionalLong.empty());
    }
}
