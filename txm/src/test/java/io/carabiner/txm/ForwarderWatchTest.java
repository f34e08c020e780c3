package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.TestChain;
import io.carabiner.testkit.TestForwarder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom real forwarder contracts let pass, and what holds when one does not say. */
final class ForwarderWatchTest {

    private static final Address TARGET = Address.fromHex("0x00000000000000000000000000000000000000ee");

    @TempDir
    Path folder;

    private TestChain chain;
    private KeyFixture fixture;
    private Forwarders forwarders;
    private ForwarderWatch watch;

    @BeforeEach
    void open() throws InterruptedException {
        chain = TestChain.start();
        fixture = new KeyFixture(folder, chain, KeyFixture.settings());
        forwarders = new Forwarders(fixture.database);
        watch = new ForwarderWatch(
                forwarders,
                fixture.forwarding,
                fixture.access,
                new TxmObserver(chain.chainId(), new Metrics(), TimeSource.system()));
    }

    @AfterEach
    void close() {
        fixture.close();
        chain.close();
    }

    private TestForwarder deploy() {
        return TestForwarder.deploy(chain, chain.accounts().getFirst(), TARGET);
    }

    private Address receiver() {
        TransactionRequest request = TransactionRequest.call(TARGET, Bytes.EMPTY, 60_000)
                .withOptions(new SendingOptions(true, List.of(), Optional.empty()));
        return fixture.forwarding.wrap(fixture.key, request).to();
    }

    @Test
    void whomAContractLetsPass_isLearned_andForgottenWhenItIsTakenBack() {
        TestForwarder forwarder = deploy();
        forwarders.track(chain.chainId(), forwarder.address());
        watch.refresh();
        assertThat(receiver()).as("it lets nobody pass").isEqualTo(TARGET);
        forwarder.letPass(fixture.key);
        watch.refresh();
        assertThat(receiver()).isEqualTo(forwarder.address());
        forwarder.letPass(chain.accounts().getFirst());
        watch.refresh();
        assertThat(receiver()).isEqualTo(TARGET);
    }

    @Test
    void theFirstTrackedThatLetsPass_isUsed_andWhatIsNoForwarderIsPassedOver() {
        forwarders.track(chain.chainId(), TARGET);
        TestForwarder second = deploy();
        second.letPass(fixture.key);
        forwarders.track(chain.chainId(), second.address());
        watch.refresh();
        assertThat(receiver()).isEqualTo(second.address());
    }

    @Test
    void anEndpointThatIsSilent_leavesWhatWasLastKnown_alsoAfterARestart() {
        TestForwarder forwarder = deploy();
        forwarder.letPass(fixture.key);
        long id = forwarders
                .track(chain.chainId(), forwarder.address())
                .orElseThrow()
                .id();
        watch.refresh();
        fixture.forwarding.use(List.of());
        fixture.access.silent = true;
        watch.remember();
        assertThat(receiver()).as("read from the database").isEqualTo(forwarder.address());
        watch.refresh();
        assertThat(receiver()).isEqualTo(forwarder.address());
        forwarders.delete(id);
        watch.remember();
        assertThat(receiver()).isEqualTo(TARGET);
    }
}
