package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.testkit.TestChain;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a key has under way is given up, on a real PostgreSQL and a real chain. */
final class AbandonStoryTest {

    private static final Address TARGET = Address.fromHex("0x00000000000000000000000000000000000000ee");

    @TempDir
    Path folder;

    private TestChain chain;
    private KeyFixture fixture;

    @BeforeEach
    void open() throws InterruptedException {
        chain = TestChain.start();
        chain.automine(false);
        fixture = new KeyFixture(folder, chain, KeyFixture.settings(2));
    }

    @AfterEach
    void close() {
        fixture.close();
        chain.close();
    }

    private void enqueue(int count) {
        fixture.enqueue(IntStream.range(0, count)
                .mapToObj(i -> TransactionRequest.call(TARGET, Bytes.of((byte) i), 60_000)
                        .withTask(UUID.randomUUID(), OptionalInt.of(1), true))
                .toList());
    }

    private ActionOutcome abandon() throws InterruptedException {
        Order order = new Order(new OperatorAction.Abandon(fixture.key), "a@b.test");
        fixture.owner.inbox().order(order);
        fixture.work();
        return order.await();
    }

    @Test
    void whatIsQueuedAndUnderWay_failsAtOnce_andTheNoncesAreUsed() throws InterruptedException {
        enqueue(5);
        fixture.work();
        assertThat(fixture.count("state = 'unconfirmed'")).isEqualTo(2);

        assertThat(abandon().text())
                .isEqualTo("3 transactions left the queue, and empty ones take the nonces of 2 that were under way");
        assertThat(fixture.told).as("told before anything is mined").hasSize(5).allSatisfy(one -> assertThat(one)
                .isInstanceOfSatisfying(TransactionResult.Failed.class, failed -> assertThat(failed.error())
                        .isEqualTo("abandoned")));
        assertThat(fixture.count("state = 'fatal_error' AND error = 'abandoned' AND nonce IS NULL"))
                .isEqualTo(3);
        assertThat(fixture.server.query("SELECT count(*) || ' ' || min(actor) || ' ' || min(action)"
                        + " FROM carabiner.tx_actions WHERE done AND result LIKE 'abandoned with all of the key%'"))
                .isEqualTo("5 a@b.test cancel");

        enqueue(1);
        fixture.finish();
        assertThat(fixture.count("state = 'fatal_error' AND error = 'abandoned' AND nonce IS NOT NULL"))
                .isEqualTo(2);
        assertThat(fixture.count("state = 'finalized' AND nonce = 2"))
                .as("the next one has the next nonce")
                .isEqualTo(1);
        assertThat(chain.transactionCount(fixture.key)).isEqualTo(3);
        assertThat(fixture.told).hasSize(6);
        assertThat(abandon().text()).startsWith("0 transactions left the queue");
    }

    /** The empty ones did not reach the pool in time, and the process died besides. */
    @Test
    void whatIsMinedAllTheSame_isToldOnce_andTheRowSaysTheTruth() throws InterruptedException {
        enqueue(2);
        fixture.work();
        chain.mine(1);
        abandon();
        fixture.boot();
        fixture.finish();
        assertThat(fixture.told).hasSize(2).allMatch(TransactionResult.Failed.class::isInstance);
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(2);
        assertThat(chain.transactionCount(fixture.key)).isEqualTo(2);
        enqueue(1);
        fixture.finish();
        assertThat(fixture.count("state = 'finalized' AND nonce = 2")).isEqualTo(1);
    }

    /** Pools were wiped: only what is under way can fill the nonces. */
    @Test
    void afterALostPool_noGapRemains() throws InterruptedException {
        enqueue(2);
        fixture.work();
        chain.call("anvil_dropAllTransactions");
        abandon();
        enqueue(2);
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(2);
        assertThat(chain.transactionCount(fixture.key)).isEqualTo(4);
        assertThat(List.copyOf(fixture.told))
                .filteredOn(TransactionResult.Confirmed.class::isInstance)
                .hasSize(2);
    }
}
