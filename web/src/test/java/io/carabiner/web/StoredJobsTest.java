package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobSpecParser;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredJobsTest {

    @Test
    void minimumPayment_isShownAsItWasWritten_evenBelowNothing() {
        assertThat(minimum("-5")).isEqualTo(BigInteger.valueOf(-5));
        assertThat(minimum("0")).isEqualTo(BigInteger.ZERO);
    }

    private static BigInteger minimum(String juels) {
        String toml = """
                type = "directrequest"
                schemaVersion = 1
                evmChainID = "1337"
                contractAddress = "0x5B38Da6a701c568545dCfcB03FcB875f56beddC4"
                minContractPaymentLinkJuels = "%s"
                observationSource = 'a [type="memo" value="1"]'
                """.formatted(juels);
        Job job = new Job(1, JobSpecParser.parse(toml), toml, Instant.EPOCH, List.of());
        return StoredJobs.view(job)
                .directRequest()
                .flatMap(JobCatalogue.DirectRequestView::minContractPaymentLinkJuels)
                .orElseThrow();
    }
}
