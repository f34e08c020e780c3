package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.ChainId;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.HealthStatus;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private final HealthChecks health = new HealthChecks();
    private final AtomicBoolean lease = new AtomicBoolean(true);
    private final AtomicBoolean first = new AtomicBoolean(true);
    private final AtomicBoolean second = new AtomicBoolean(true);

    @Test
    void aNode_isReadyWhileItHoldsTheLease_andOneOfItsChainsAnswers() {
        chain("EVM.1", first);
        chain("EVM.2", second);
        Readiness.register(health, lease::get, List.of(ChainId.of(1), ChainId.of(2)));
        assertThat(health.ready()).isTrue();

        first.set(false);
        assertThat(health.ready()).as("one chain of two is enough").isTrue();
        second.set(false);
        assertThat(health.ready()).isFalse();
        assertThat(health.report().get("EVM")).isEqualTo(HealthStatus.failing("no endpoint of any chain answers"));

        first.set(true);
        lease.set(false);
        assertThat(health.ready()).isFalse();
    }

    @Test
    void aNodeWithoutChains_needsTheLeaseOnly() {
        Readiness.register(health, lease::get, List.of());
        assertThat(health.ready()).isTrue();
        lease.set(false);
        assertThat(health.ready()).isFalse();
    }

    private void chain(String name, AtomicBoolean alive) {
        health.register(name, () -> alive.get() ? HealthStatus.PASSING : HealthStatus.failing("dead"));
    }
}
