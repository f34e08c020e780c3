package io.carabiner.pipeline;

import io.carabiner.abi.AbiFunction;
import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import java.util.Map;
import java.util.Optional;

/** Values as ABI-encoded hex, behind the function's selector if the function is named. */
record EthAbiEncodeTask(Compiled<AbiFunction> function, Parameter abi, Parameter data) implements Task {

    private EthAbiEncodeTask(Compiled<AbiFunction> function, Attributes attributes) {
        this(
                function,
                attributes.parameter("abi").literal().build(),
                attributes.parameter("data").variable().json().orNothing().build());
    }

    /** {@code ethabiencode}: the function is described as in Solidity. */
    static EthAbiEncodeTask ofText(Attributes attributes) {
        return new EthAbiEncodeTask(
                Compiled.of(() -> AbiFunction.ofText(attributes.text("abi").strip())), attributes);
    }

    /** {@code ethabiencode2}: the function is described in JSON, and may have tuples. */
    static EthAbiEncodeTask ofJson(Attributes attributes) {
        return new EthAbiEncodeTask(Compiled.of(() -> AbiFunction.ofJson(attributes.text("abi"))), attributes);
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkNoInputFailed();
        Resolver resolver = new Resolver(scope);
        Resolver.Resolved<Optional<Map<String, PipelineValue>>> values = resolver.read(data, Coerce::map);
        resolver.read(abi, Coerce::bytes);
        resolver.throwFaults();
        return TaskAnswer.of(PipelineValue.text(
                function.get().call(values.get().orElse(Map.of())).toString()));
    }
}
