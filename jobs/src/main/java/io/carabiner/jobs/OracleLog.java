package io.carabiner.jobs;

import io.carabiner.evm.LogEntry;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;

/** What an event of an oracle contract says. Pure. */
sealed interface OracleLog {

    /** {@code OracleRequest(bytes32,address,bytes32,uint256,address,bytes4,uint256,uint256,bytes)}. */
    Hash32 REQUEST = Hash32.fromHex("d8d7ecc4800d25fa53ce0372f13a416d98907a7ef3d8d3bdd79cf4fe75529c65");

    /** {@code CancelOracleRequest(bytes32)}. */
    Hash32 CANCEL = Hash32.fromHex("a7842b9ec549398102c0d91b1b9919b2f20558aefdadf57528a95c6cd3292e93");

    /** A request for an answer. */
    record Request(
            Hash32 specId,
            Address requester,
            Hash32 requestId,
            BigInteger payment,
            Address callbackAddress,
            Bytes callbackFunctionId,
            BigInteger cancelExpiration,
            BigInteger dataVersion,
            Bytes data)
            implements OracleLog {}

    /** The requester took a request back. */
    record Cancel(Hash32 requestId) implements OracleLog {}

    /**
     * An event that looks like one of these and cannot be read.
     *
     * @param specId the job it is for
     */
    record Malformed(Hash32 specId, String reason) implements OracleLog {}

    /** Another event. */
    record Other() implements OracleLog {}

    /** Reads an event. */
    static OracleLog read(LogEntry log) {
        if (log.topics().size() < 2) {
            return new Other();
        }
        Hash32 signature = log.topics().get(0);
        Hash32 subject = log.topics().get(1);
        if (signature.equals(CANCEL)) {
            return new Cancel(subject);
        }
        return signature.equals(REQUEST) ? OracleRequestReader.read(subject, log.data()) : new Other();
    }
}
