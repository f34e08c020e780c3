package io.carabiner.guards;

import io.carabiner.evm.BlockTag;
import io.carabiner.evm.CallRequest;
import io.carabiner.evm.EthClient;
import io.carabiner.rpc.RpcErrorException;
import io.carabiner.rpc.RpcException;
import io.carabiner.txm.SendQuestion;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** {@code eth_call} with the gas limit it would be sent with, then {@code eth_estimateGas} for what it would use. */
final class RpcSimulation implements Simulation {

    /** The code for a revert that all clients share. */
    private static final long REVERTED = 3;
    /** What clients say when the call itself fails, and not the endpoint. */
    private static final Pattern CALL_FAILS =
            Pattern.compile("revert|out of gas|gas required exceeds|invalid opcode|invalid jump|stack (under|over)flow"
                    + "|bad instruction");

    private final EthClient rpc;

    RpcSimulation(EthClient rpc) {
        this.rpc = rpc.forConsumer("guards");
    }

    @Override
    public Outcome of(SendQuestion question) {
        CallRequest call = new CallRequest(
                Optional.of(question.from()),
                question.to(),
                question.data(),
                Optional.of(question.value()),
                OptionalLong.of(question.gasLimit()));
        try {
            rpc.call(call, BlockTag.LATEST);
            return new Works(rpc.estimateGas(call));
        } catch (RpcErrorException e) {
            String reason = e.error().message();
            return fails(e) ? new Reverts(reason) : new Unknown(reason);
        } catch (RpcException e) {
            return new Unknown(String.valueOf(e.getMessage()));
        }
    }

    /** An error that says nothing of the call must not refuse it. */
    private static boolean fails(RpcErrorException fault) {
        String words = fault.error().message().toLowerCase(Locale.ROOT);
        return fault.error().code() == REVERTED || CALL_FAILS.matcher(words).find();
    }
}
