package io.carabiner.pipeline;

import java.util.Map;
import java.util.Optional;

/** Values as ABI-encoded hex, behind the function's selector if the function is named. */
record EthAbiEncodeTask(Compiled<AbiFunction> function, Parameter abi, Parameter data) implements Task {

    EthAbiEncodeTask(Attributes attributes) {
        this(
                Compiled.of(() -> AbiFunction.ofText(attributes.text("abi").strip())),
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
