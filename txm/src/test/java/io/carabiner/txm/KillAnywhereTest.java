package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.testkit.TestChain;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process dies before and after each commit and each broadcast; a new one on the same rows goes on. */
final class KillAnywhereTest {

    private static final Address TARGET = Address.fromHex("0x00000000000000000000000000000000000000ee");
    private static final int MOMENTS_MIN = 8;
    private static final int BOOTS_MAX = 50;

    @TempDir
    Path folder;

    @Test
    void whereverItDies_eachTransactionIsMinedOnceAndToldOnce() throws InterruptedException {
        try (TestChain chain = TestChain.start();
                KeyFixture fixture = new KeyFixture(folder, chain, KeyFixture.settings())) {
            chain.automine(false);
            int moments = 0;
            while (diesAt(fixture, moments)) {
                moments++;
            }
            assertThat(moments).isGreaterThanOrEqualTo(MOMENTS_MIN);
            assertThat(chain.transactionCount(fixture.key)).isEqualTo(3L * (moments + 1));
            assertThat(fixture.count("state = 'finalized'")).isEqualTo(3L * (moments + 1));
            assertThat(fixture.count("callback_completed")).isEqualTo(3L * (moments + 1));
            assertThat(fixture.told).hasSize(3 * (moments + 1));
        }
    }

    /** Three transactions; the process dies once, at the given moment, if there are that many moments. */
    private static boolean diesAt(KeyFixture fixture, int moment) throws InterruptedException {
        AtomicInteger passed = new AtomicInteger();
        Runnable kill = () -> {
            if (passed.getAndIncrement() == moment) {
                throw new Simulation.Crash();
            }
        };
        fixture.enqueue(List.of(request(), request(), request()));
        fixture.aroundCommit = kill;
        fixture.access.aroundSend = kill;
        for (int i = 0; i < BOOTS_MAX && fixture.open() > 0; i++) {
            try {
                fixture.finish();
            } catch (Simulation.Crash crash) {
                fixture.boot();
            }
        }
        fixture.aroundCommit = () -> {};
        fixture.access.aroundSend = () -> {};
        assertThat(fixture.open())
                .as("all is over after dying at moment %s", moment)
                .isZero();
        return passed.get() > moment;
    }

    private static TransactionRequest request() {
        return TransactionRequest.call(TARGET, Bytes.of((byte) 1), 60_000)
                .withTask(UUID.randomUUID(), OptionalInt.of(1), true);
    }
}
