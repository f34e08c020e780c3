package io.carabiner.jobs;

import io.carabiner.evm.LogEntry;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.values.PipelineValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads an event that an operator gives as JSON, in the form of {@code eth_getLogs}. Pure. */
final class LogText {

    private static final String WANTED =
            "the log must be a JSON object as eth_getLogs gives it, with topics and data: ";

    private final Map<String, PipelineValue> fields;
    private final Address contract;

    private LogText(Map<String, PipelineValue> fields, Address contract) {
        this.fields = fields;
        this.contract = contract;
    }

    /**
     * The event; places that are not given are zero.
     *
     * @param contract whose event it is where the text does not say
     * @throws JobTriggerException if it cannot be read
     */
    static LogEntry read(String json, Address contract) {
        try {
            if (PipelineValue.fromJson(json) instanceof PipelineValue.Fields(Map<String, PipelineValue> fields)) {
                return new LogText(fields, contract).log();
            }
        } catch (IllegalArgumentException e) {
            throw new JobTriggerException(WANTED + e.getMessage());
        }
        throw new JobTriggerException(WANTED + "it is no object");
    }

    private LogEntry log() {
        return new LogEntry(
                field("address", Address::fromHex).orElse(contract),
                topics(),
                field("data", Bytes::fromHex).orElseThrow(() -> new JobTriggerException(WANTED + "it has no data")),
                number("blockNumber"),
                field("blockHash", Hash32::fromHex).orElse(Hash32.ZERO),
                field("transactionHash", Hash32::fromHex).orElse(Hash32.ZERO),
                number("transactionIndex"),
                number("logIndex"));
    }

    private List<Hash32> topics() {
        if (!(fields.get("topics") instanceof PipelineValue.Items items)) {
            throw new JobTriggerException(WANTED + "it has no list of topics");
        }
        List<Hash32> topics = new ArrayList<>();
        for (PipelineValue item : items.items()) {
            topics.add(Hash32.fromHex(item instanceof PipelineValue.Text(String text) ? text : item.toJson()));
        }
        return topics;
    }

    private <T> Optional<T> field(String name, Function<String, T> reading) {
        return fields.get(name) instanceof PipelineValue.Text(String text)
                ? Optional.of(reading.apply(text))
                : Optional.empty();
    }

    private long number(String name) {
        return switch (fields.getOrDefault(name, PipelineValue.none())) {
            case PipelineValue.Text(String text)
            when text.matches("0x[0-9a-fA-F]{1,15}") -> new BigInteger(text.substring(2), 16).longValueExact();
            case PipelineValue.Whole(BigInteger number, PipelineValue.WholeKind ignored)
            when number.signum() >= 0 && number.bitLength() < Long.SIZE -> number.longValueExact();
            case PipelineValue.Null ignored -> 0;
            default -> throw new JobTriggerException(WANTED + name + " is no number");
        };
    }
}
