package io.carabiner.migrate;

import io.carabiner.primitives.Address;
import java.math.BigInteger;
import java.util.Optional;

/** What starts the runs of a job, as far as its tasks depend on it. */
sealed interface Trigger {

    /** A request on chain: the tasks read its parameters and answer it. */
    record Request(Address oracle) implements Trigger {}

    /** A call of the API: the tasks read the parameters in its body. */
    record Call(BigInteger chainId) implements Trigger {}

    /** The clock: nobody gives parameters. */
    record Clock(BigInteger chainId) implements Trigger {}

    /** The task that answers with the parameters of who started the run. */
    default Optional<String> parameters() {
        return switch (this) {
            case Request ignored -> Optional.of("decode_cbor");
            case Call ignored -> Optional.of("request");
            case Clock ignored -> Optional.empty();
        };
    }

    /** The chain that a transaction must name, where the job itself has none. */
    default Optional<BigInteger> chainToName() {
        return switch (this) {
            case Request ignored -> Optional.empty();
            case Call(BigInteger chainId) -> Optional.of(chainId);
            case Clock(BigInteger chainId) -> Optional.of(chainId);
        };
    }
}
