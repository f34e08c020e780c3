package io.carabiner.bench;

import io.carabiner.abi.AbiDecoder;
import io.carabiner.abi.AbiFunction;
import io.carabiner.abi.AbiText;
import io.carabiner.jobs.JobSpecException;
import io.carabiner.jobs.JobSpecParser;
import io.carabiner.outbound.OutboundSettings;
import io.carabiner.outbound.Proxies;
import io.carabiner.pipeline.EthereumAccess;
import io.carabiner.pipeline.Pipeline;
import io.carabiner.pipeline.PipelineRunner;
import io.carabiner.pipeline.PipelineSettings;
import io.carabiner.pipeline.PipelineSyntaxException;
import io.carabiner.pipeline.PipelineTask;
import io.carabiner.pipeline.RunContext;
import io.carabiner.pipeline.RunOutcome;
import io.carabiner.pipeline.Variables;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import io.carabiner.values.CborReader;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.Storable;
import io.carabiner.values.TaskFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What reads the words of strangers: each target takes any bytes and throws an error only where the reader has a fault.
 * Being refused in words is no fault.
 */
enum FuzzTarget {
    /** A job's graph; what is accepted must come back from its printed form. */
    DOT {
        @Override
        void feed(byte[] input) {
            Pipeline pipeline;
            try {
                pipeline = Pipeline.parse(text(input));
            } catch (PipelineSyntaxException e) {
                return;
            }
            List<PipelineTask> again = Pipeline.parse(pipeline.print()).tasks();
            for (int i = 0; i < again.size(); i++) {
                PipelineTask one = pipeline.tasks().get(i);
                check(
                        again.get(i).dotId().equals(one.dotId())
                                && again.get(i).attributes().equals(one.attributes()),
                        "printed otherwise: " + one);
            }
        }
    },
    /** A job spec. */
    TOML {
        @Override
        void feed(byte[] input) {
            try {
                check(!SPECS.parse(text(input)).type().isEmpty(), "a spec without type");
            } catch (JobSpecException e) {
                check(!String.valueOf(e.getMessage()).isEmpty(), "refused without words");
            }
        }
    },
    /** The parameters of a request; what can be stored must come back. */
    CBOR {
        @Override
        void feed(byte[] input) {
            try {
                comesBack(CborReader.readFirst(input));
            } catch (TaskFailure e) {
                check(!e.text().isEmpty(), "failed without words");
            }
        }
    },
    /** Types and values of the ABI: a line of text, then what is decoded by it. */
    ABI {
        @Override
        void feed(byte[] input) {
            String whole = new String(input, StandardCharsets.ISO_8859_1);
            int end = whole.indexOf('\n') < 0 ? whole.length() : whole.indexOf('\n');
            String line = whole.substring(0, end);
            Bytes data =
                    Bytes.of(whole.substring(Math.min(end + 1, whole.length())).getBytes(StandardCharsets.ISO_8859_1));
            attempt(() -> AbiDecoder.decode(AbiText.arguments(line, false), data));
            attempt(() -> AbiFunction.ofText(line));
            attempt(() -> AbiFunction.ofJson(line));
            attempt(() -> AbiText.parse(line, true));
        }
    },
    /** A path, a line break, and the document it leads into. */
    JSON_PATH {
        @Override
        void feed(byte[] input) {
            String[] parts = text(input).split("\n", 2);
            Map<String, PipelineValue> variables = Map.of(
                    "path", PipelineValue.text(parts[0]),
                    "data", PipelineValue.text(parts.length > 1 ? parts[1] : ""));
            run(JSON, new Variables(variables));
        }
    },
    /** The bytes of an answer over HTTP. */
    HTTP {
        @Override
        void feed(byte[] input) {
            run(Answering.graph(input), Variables.empty());
        }
    };

    private static final JobSpecParser SPECS = JobSpecParser.withoutNode(List.of());

    private static final Pipeline JSON =
            Pipeline.parse("t [type=jsonparse path=\"$(path)\" lax=true data=\"$(data)\"]");

    private static final RunContext CONTEXT =
            new RunContext(1, "fuzz", "webhook", OptionalLong.empty(), false, Duration.ofSeconds(2));

    private static final PipelineRunner RUNNER = new PipelineRunner(
            withoutRedirects(PipelineSettings.defaults()),
            name -> Optional.empty(),
            EthereumAccess.none(),
            TimeSource.system(),
            new Metrics());

    /** No answer leads anywhere else. */
    private static PipelineSettings withoutRedirects(PipelineSettings settings) {
        return new PipelineSettings(
                settings.maxRunDuration(),
                settings.httpDefaultTimeout(),
                settings.httpMaxSizeBytes(),
                Optional.empty(),
                settings.bridgeCacheTtl(),
                new OutboundSettings(false, List.of(), 0, Proxies.none()));
    }

    /**
     * Reads some bytes.
     *
     * @throws AssertionError if the reader has a fault; any other throwable is one too
     */
    abstract void feed(byte[] input);

    /** The name on the command line and of the folder with its inputs. */
    String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    private interface Reading {
        Object read();
    }

    private static void attempt(Reading reading) {
        try {
            check(!reading.read().toString().isEmpty(), "read as nothing");
        } catch (TaskFailure e) {
            check(!e.text().isEmpty(), "failed without words");
        }
    }

    private static void comesBack(PipelineValue value) {
        if (Storable.fault(value).isEmpty()) {
            PipelineValue back = PipelineValue.fromStored(value.toJson(), value.kinds());
            check(back.toJson().equals(value.toJson()), "comes back otherwise: " + value);
        }
    }

    private static void run(Pipeline pipeline, Variables variables) {
        try {
            RunOutcome outcome = RUNNER.run(pipeline, variables, CONTEXT);
            check(
                    outcome.allErrors().stream().noneMatch(error -> error.startsWith("goroutine panicked")),
                    outcome.allErrors().toString());
            check(!outcome.outputsJson().isEmpty(), "no outputs");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
