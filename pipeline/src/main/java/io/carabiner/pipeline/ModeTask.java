package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.Decimals;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import io.carabiner.values.ValueJson;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values that occur most often, in the order in which they reached that count; equal is what prints equal. */
record ModeTask(Faults faults) implements Task {

    ModeTask(Attributes attributes) {
        this(new Faults("mode", attributes));
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        Resolver resolver = new Resolver(scope);
        Faults.Read read = faults.read(resolver);
        resolver.throwFaults();
        List<PipelineValue> values = faults.judge(read);
        if (values.isEmpty()) {
            throw new TaskFailure("values: wrong number of task inputs");
        }
        Map<String, Integer> counts = new HashMap<>();
        List<PipelineValue> modes = new ArrayList<>();
        int most = 0;
        for (PipelineValue value : values) {
            int count = counts.merge(textOf(value), 1, Integer::sum);
            if (count > most) {
                most = count;
                modes.clear();
            }
            if (count == most) {
                modes.add(value);
            }
        }
        return TaskAnswer.of(PipelineValue.map(Map.of(
                "results",
                PipelineValue.list(modes),
                "occurrences",
                new PipelineValue.Whole(BigInteger.valueOf(most), PipelineValue.WholeKind.UINT64))));
    }

    private static String textOf(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Text(String text) -> text;
            case PipelineValue.Binary binary
            when binary.kind() == PipelineValue.BinaryKind.BYTES -> Coerce.string(binary);
            case PipelineValue.Decimal decimal -> Decimals.plain(decimal.value());
            default -> ValueJson.writeBody(value);
        };
    }
}
