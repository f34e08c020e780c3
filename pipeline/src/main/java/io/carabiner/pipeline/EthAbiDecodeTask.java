package io.carabiner.pipeline;

import io.carabiner.abi.AbiDecoder;
import io.carabiner.abi.AbiText;
import io.carabiner.primitives.Bytes;
import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import java.util.List;

/** The values in ABI-encoded bytes, by name. */
record EthAbiDecodeTask(Compiled<List<AbiText.Argument>> arguments, Parameter abi, Parameter data) implements Task {

    EthAbiDecodeTask(Attributes attributes) {
        this(
                Compiled.of(() -> AbiText.arguments(attributes.text("abi").strip(), false)),
                attributes.parameter("abi").literal().build(),
                attributes.parameter("data").variable().firstInput().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkNoInputFailed();
        Resolver resolver = new Resolver(scope);
        Resolver.Resolved<Bytes> bytes = resolver.read(data, Coerce::bytes);
        resolver.read(abi, Coerce::bytes);
        resolver.throwFaults();
        List<AbiText.Argument> wanted = arguments.get();
        return TaskAnswer.of(
                PipelineValue.map(bytes.get().isEmpty() ? java.util.Map.of() : AbiDecoder.decode(wanted, bytes.get())));
    }
}
