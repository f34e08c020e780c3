package io.carabiner.pipeline;

import io.carabiner.abi.AbiDecoder;
import io.carabiner.abi.AbiText;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of an event's log, by name. The first topic is not compared with the event. */
record EthAbiDecodeLogTask(Compiled<AbiText> event, Parameter abi, Parameter data, Parameter topics) implements Task {

    EthAbiDecodeLogTask(Attributes attributes) {
        this(
                Compiled.of(() -> AbiText.parse(attributes.text("abi").strip(), true)),
                attributes.parameter("abi").literal().build(),
                attributes.parameter("data").variable().orNothing().build(),
                attributes.parameter("topics").variable().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkNoInputFailed();
        Resolver resolver = new Resolver(scope);
        Resolver.Resolved<Bytes> bytes = resolver.read(data, Coerce::bytes);
        Resolver.Resolved<List<Hash32>> hashes = resolver.read(topics, Coerce::hashes);
        resolver.read(abi, Coerce::bytes);
        resolver.throwFaults();
        List<AbiText.Argument> arguments = event.get().arguments();
        return TaskAnswer.of(PipelineValue.map(values(arguments, bytes.get(), hashes.get())));
    }

    private static Map<String, PipelineValue> values(
            List<AbiText.Argument> arguments, Bytes data, List<Hash32> topics) {
        List<AbiText.Argument> plain =
                arguments.stream().filter(argument -> !argument.indexed()).toList();
        List<AbiText.Argument> indexed =
                arguments.stream().filter(AbiText.Argument::indexed).toList();
        Map<String, PipelineValue> values = new LinkedHashMap<>();
        if (!data.isEmpty()) {
            try {
                values.putAll(AbiDecoder.decode(plain, data));
            } catch (TaskFailure e) {
                throw TaskFailure.badInput(e.text());
            }
        }
        if (!indexed.isEmpty() && topics.size() != indexed.size() + 1) {
            throw TaskFailure.badInput("topic/field count mismatch");
        }
        for (int i = 0; i < indexed.size(); i++) {
            AbiText.Argument argument = indexed.get(i);
            values.put(
                    argument.name(),
                    AbiDecoder.decodeTopic(argument.type(), topics.get(i + 1).bytes()));
        }
        return values;
    }
}
