package io.carabiner.pipeline;

import io.carabiner.abi.AbiDecoder;
import io.carabiner.abi.AbiText;
import io.carabiner.primitives.Bytes;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a call reverted, in the contract's words where the endpoint passes them on. Pure. */
final class RevertReason {

    private static final String REQUIRED = "08c379a0";
    private static final String PANIC = "4e487b71";
    private static final int SELECTOR = 4;

    private RevertReason() {}

    /**
     * The reason.
     *
     * @param message what the endpoint said
     * @param rpcErrorJson its error object, whose {@code data} holds what the contract said
     */
    static String of(String message, Optional<String> rpcErrorJson) {
        return rpcErrorJson
                .flatMap(RevertReason::data)
                .flatMap(RevertReason::read)
                .orElse(message);
    }

    private static Optional<Bytes> data(String rpcErrorJson) {
        if (PipelineValue.fromJson(rpcErrorJson) instanceof PipelineValue.Fields(Map<String, PipelineValue> error)
                && error.get("data") instanceof PipelineValue.Text(String text)
                && text.matches("0x([0-9a-fA-F]{2})+")) {
            return Optional.of(Bytes.fromHex(text));
        }
        return Optional.empty();
    }

    private static Optional<String> read(Bytes data) {
        if (data.size() < SELECTOR) {
            return Optional.empty();
        }
        Bytes selector = data.slice(0, SELECTOR);
        Bytes rest = data.slice(SELECTOR, data.size());
        if (selector.equals(Bytes.fromHex(REQUIRED))) {
            return value("string reason", rest).map(reason -> "execution reverted: " + reason);
        }
        if (selector.equals(Bytes.fromHex(PANIC))) {
            return value("uint256 code", rest).map(code -> "execution reverted: panic " + code);
        }
        return Optional.of("execution reverted with " + data);
    }

    private static Optional<String> value(String argument, Bytes data) {
        try {
            List<AbiText.Argument> arguments = AbiText.arguments(argument, false);
            return AbiDecoder.decode(arguments, data).values().stream()
                    .findFirst()
                    .map(value -> value instanceof PipelineValue.Text(String text) ? text : value.toJson());
        } catch (TaskFailure e) {
            return Optional.empty();
        }
    }
}
