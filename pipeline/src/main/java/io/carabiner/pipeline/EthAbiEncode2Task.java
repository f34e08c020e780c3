package io.carabiner.pipeline;

import java.util.Map;
import java.util.Optional;

/** Like {@link EthAbiEncodeTask}, for a function described in JSON, which may have tuples. */
record EthAbiEncode2Task(Compiled<AbiFunction> function, Parameter abi, Parameter data) implements Task {

    EthAbiEncode2Task(Attributes attributes) {
        this(
                Compiled.of(() -> AbiFunction.ofJson(attributes.text("abi"))),
                attributes.parameter("abi").literal().build(),
                attributes.parameter("data").variable().json().orNothing().build());
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
