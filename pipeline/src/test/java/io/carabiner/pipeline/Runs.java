package io.carabiner.pipeline;

import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Runners and contexts for tests. */
final class Runs {

    static final RunContext CONTEXT =
            new RunContext(7, "test", "directrequest", OptionalLong.empty(), false, Duration.ZERO);

    private Runs() {}

    static PipelineRunner runner(TimeSource time) {
        return new PipelineRunner(
                PipelineSettings.defaults(), name -> Optional.empty(), new FakeEthereum(), time, new Metrics());
    }

    static RunOutcome run(String dot, Variables variables) throws InterruptedException {
        try (PipelineRunner runner = runner(TimeSource.system())) {
            return runner.run(Pipeline.parse(dot), variables, CONTEXT);
        }
    }

    static RunOutcome run(String dot) throws InterruptedException {
        return run(dot, Variables.empty());
    }
}
