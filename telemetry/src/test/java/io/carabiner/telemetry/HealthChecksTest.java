package io.carabiner.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthChecksTest {

    private final HealthChecks checks = new HealthChecks();

    @Test
    void report_asksEveryCheckEachTimeAndSortsByName() {
        AtomicReference<HealthStatus> head = new AtomicReference<>(HealthStatus.PASSING);
        checks.register("EVM.1.HeadTracker", head::get);
        checks.register("EVM.1", () -> HealthStatus.PASSING);
        assertThat(checks.report())
                .containsExactly(
                        Map.entry("EVM.1", HealthStatus.PASSING), Map.entry("EVM.1.HeadTracker", HealthStatus.PASSING));

        head.set(HealthStatus.failing("Listener is not connected"));

        assertThat(checks.report().get("EVM.1.HeadTracker"))
                .isEqualTo(HealthStatus.failing("Listener is not connected"));
    }

    @Test
    void check_thatThrowsIsFailing() {
        checks.register("Broken", () -> {
            throw new IllegalStateException("boom");
        });

        assertThat(checks.report().get("Broken"))
                .isEqualTo(HealthStatus.failing("the check itself failed: java.lang.IllegalStateException: boom"));
    }

    @Test
    void name_canBeTakenOnlyOnceUntilItIsGivenBack() {
        checks.register("Job", () -> HealthStatus.PASSING);
        assertThatThrownBy(() -> checks.register("Job", () -> HealthStatus.PASSING))
                .isInstanceOf(IllegalStateException.class);

        checks.unregister("Job");
        checks.register("Job", () -> HealthStatus.PASSING);

        assertThat(checks.report()).containsOnlyKeys("Job");
    }

    @Test
    void gauge_followsTheChecksAndForgetsTheOnesThatAreGone() {
        Metrics metrics = new Metrics();
        checks.exportTo(metrics);
        checks.register("Good", () -> HealthStatus.PASSING);
        checks.register("Bad", () -> HealthStatus.failing("no"));
        assertThat(metrics.exposition())
                .contains("health{service_id=\"Bad\"} 0\n")
                .contains("health{service_id=\"Good\"} 1\n");

        checks.unregister("Bad");

        assertThat(metrics.exposition()).doesNotContain("Bad").contains("Good");
    }
}
