package io.carabiner.fluxmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.txm.SendingOptions;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code FluxMonitor.DefaultTransactionQueueDepth}. */
class SendingSettingsTest {

    private static FluxMonitorJobs.Settings depth(long depth) {
        return new FluxMonitorJobs.Settings(Duration.ofSeconds(1), false, depth);
    }

    @Test
    void ofAJobsSubmissionsThatWait_theNewestAreKept_unlessTheDepthIs0() {
        UUID job = UUID.randomUUID();
        assertThat(depth(1).sending(job).dropOldest()).contains(new SendingOptions.DropOldest(job, 1));
        assertThat(depth(5).sending(job).dropOldest()).contains(new SendingOptions.DropOldest(job, 5));
        assertThat(depth(0).sending(job).dropOldest()).isEmpty();
    }
}
