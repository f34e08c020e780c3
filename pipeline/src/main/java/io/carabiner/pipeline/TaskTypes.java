package io.carabiner.pipeline;

import io.carabiner.primitives.GoQuote;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The registry of task types: one row each. */
final class TaskTypes {

    private static final Map<String, Function<Attributes, Task>> SUPPORTED = new TreeMap<>();

    static {
        SUPPORTED.put("any", AnyTask::new);
        SUPPORTED.put("base64decode", Base64DecodeTask::new);
        SUPPORTED.put("base64encode", Base64EncodeTask::new);
        SUPPORTED.put("bridge", BridgeTask::new);
        SUPPORTED.put("cborparse", CborParseTask::new);
        SUPPORTED.put("coalesce", CoalesceTask::new);
        SUPPORTED.put("conditional", ConditionalTask::new);
        SUPPORTED.put("divide", DivideTask::new);
        SUPPORTED.put("estimategaslimit", EstimateGasLimitTask::new);
        SUPPORTED.put("ethabidecode", EthAbiDecodeTask::new);
        SUPPORTED.put("ethabidecodelog", EthAbiDecodeLogTask::new);
        SUPPORTED.put("ethabiencode", EthAbiEncodeTask::ofText);
        SUPPORTED.put("ethabiencode2", EthAbiEncodeTask::ofJson);
        SUPPORTED.put("ethcall", EthCallTask::new);
        SUPPORTED.put("ethtx", EthTxTask::new);
        SUPPORTED.put("fail", FailTask::new);
        SUPPORTED.put("hexdecode", HexDecodeTask::new);
        SUPPORTED.put("hexencode", HexEncodeTask::new);
        SUPPORTED.put("http", HttpTask::new);
        SUPPORTED.put("jsonparse", JsonParseTask::new);
        SUPPORTED.put("length", LengthTask::new);
        SUPPORTED.put("lessthan", LessThanTask::new);
        SUPPORTED.put("lookup", LookupTask::new);
        SUPPORTED.put("lowercase", attributes -> new CaseTask(attributes, Character::toLowerCase));
        SUPPORTED.put("max", attributes -> new ExtremeTask(attributes, ExtremeTask.Extreme.MAX));
        SUPPORTED.put("mean", MeanTask::new);
        SUPPORTED.put("median", MedianTask::new);
        SUPPORTED.put("memo", MemoTask::new);
        SUPPORTED.put("merge", MergeTask::new);
        SUPPORTED.put("min", attributes -> new ExtremeTask(attributes, ExtremeTask.Extreme.MIN));
        SUPPORTED.put("mode", ModeTask::new);
        SUPPORTED.put("multiply", MultiplyTask::new);
        SUPPORTED.put("panic", PanicTask::new);
        SUPPORTED.put("sum", SumTask::new);
        SUPPORTED.put("uppercase", attributes -> new CaseTask(attributes, Character::toUpperCase));
        SUPPORTED.put("vrf", VrfTask::new);
        SUPPORTED.put("vrfv2", attributes -> new VrfV2Task(attributes, VrfV2Task.Generation.V2));
        SUPPORTED.put("vrfv2plus", attributes -> new VrfV2Task(attributes, VrfV2Task.Generation.V2_PLUS));
    }

    private TaskTypes() {}

    /** Compiles a task; an unknown type is noted as a fault of the attributes. */
    static Task compile(String type, Attributes attributes) {
        String name = type.toLowerCase(Locale.ROOT);
        Function<Attributes, Task> factory = SUPPORTED.get(name);
        if (factory != null) {
            return factory.apply(attributes);
        }
        attributes.fault("unknown task type: " + GoQuote.quote(name));
        return new FailTask(attributes);
    }

    /** The names of all types that can be run, sorted. */
    static List<String> names() {
        return List.copyOf(SUPPORTED.keySet());
    }
}
