package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.jobs.DirectRequestSpec;
import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobHeader;
import io.carabiner.jobs.SpecFault;
import io.carabiner.pipeline.Pipeline;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StoredJobsTest {

    @Test
    void minimumPayment_isShownAsItWasWritten_evenBelowNothing() {
        assertThat(minimum(-5)).isEqualTo("-5");
        assertThat(minimum(0)).isEqualTo("0");
    }

    @Test
    void aFaultsPlace_isToldOnce() {
        assertThat(StoredJobs.placed(new SpecFault(2, 3, "bad"))).isEqualTo("line 2, column 3: bad");
        assertThat(StoredJobs.placed(new SpecFault(0, 0, "bad"))).isEqualTo("bad");
        assertThat(StoredJobs.placed(new SpecFault(2, 3, "(2, 3): bad"))).isEqualTo("(2, 3): bad");
        assertThat(StoredJobs.placed(new SpecFault(2, 3, "bad (line 2, column 3)")))
                .isEqualTo("bad (line 2, column 3)");
    }

    private static Object minimum(long juels) {
        JobHeader header = new JobHeader(
                Optional.empty(),
                new UUID(1, 1),
                1,
                OptionalLong.empty(),
                false,
                Duration.ZERO,
                Pipeline.parse("a [type=\"memo\" value=\"1\"]"));
        DirectRequestSpec spec = new DirectRequestSpec(
                header,
                Address.ZERO,
                ChainId.of(1337),
                OptionalLong.empty(),
                Optional.of(BigInteger.valueOf(juels)),
                List.of());
        return StoredJobs.view(new Job(1, spec, "", Instant.EPOCH, List.of()))
                .ownFields()
                .get("minContractPaymentLinkJuels");
    }
}
