package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.crypto.PrivateKey;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.testkit.TestChain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that only a remote signer has, on a real PostgreSQL and a real chain. */
final class RemoteSigningStoryTest {

    private static final Address TARGET = Address.fromHex("0x00000000000000000000000000000000000000ee");

    @TempDir
    Path folder;

    private TestChain chain;
    private KeyFixture fixture;
    private FakeSigner fake;

    @BeforeEach
    void open() throws InterruptedException, IOException {
        chain = TestChain.start();
        chain.automine(false);
        fixture = new KeyFixture(folder, chain, KeyFixture.settings());
        fake = new FakeSigner(
                chain.chainId(),
                fixture.key,
                PrivateKey.of(chain.privateKeys().get(1).toArray()));
        fixture.remoteSigner = Optional.of(fake.client(chain.chainId()));
        fixture.boot();
    }

    @AfterEach
    void close() throws IOException {
        fixture.remoteSigner.orElseThrow().close();
        fake.close();
        fixture.close();
        chain.close();
    }

    private void enqueue(int count) {
        fixture.enqueue(IntStream.range(0, count)
                .mapToObj(i -> TransactionRequest.call(TARGET, Bytes.of((byte) i), 60_000)
                        .withTask(UUID.randomUUID(), OptionalInt.of(1), true))
                .toList());
    }

    /** Works on until nothing is open; the pauses after the signer's faults pass in real time. */
    private void finishWithin(int rounds) throws InterruptedException {
        for (int i = 0; i < rounds && fixture.open() > 0; i++) {
            long rest = fixture.owner.step();
            if (rest > 0) {
                fixture.owner.inbox().await(Math.min(rest, 50_000_000));
                chain.mine(1);
                fixture.look();
            }
        }
    }

    @Test
    void aSignerThatIsDown_keepsNewOnesWaiting_andNothingIsLost() throws InterruptedException {
        enqueue(2);
        fixture.work();
        fake.instead = "error:{\"code\":-32000,\"message\":\"vault is sealed\"}";
        enqueue(3);
        fixture.work();
        assertThat(fixture.count("state = 'unstarted' AND nonce IS NULL")).isEqualTo(3);
        assertThat(fixture.owner.trouble()).hasValueSatisfying(reason -> assertThat(reason)
                .contains("refuses eth_signTransaction", "vault is sealed"));
        chain.mine(1);
        fixture.look();
        assertThat(fixture.count("state = 'confirmed'"))
                .as("what was signed before goes on")
                .isEqualTo(2);
        fake.instead = null;
        finishWithin(200);
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(5);
        assertThat(fixture.owner.trouble()).isEmpty();
        assertThat(chain.transactionCount(fixture.key)).isEqualTo(5);
        assertThat(fixture.told).hasSize(5);
    }

    @Test
    void whatWasSignedBeforeTheSignerFailed_isSent() throws InterruptedException {
        fake.twist = asked ->
                asked.nonce() < 2 ? asked : new UnsignedTransaction(asked.nonce() + 1, asked.payload(), asked.fee());
        enqueue(4);
        fixture.work();
        assertThat(fixture.count("state = 'unconfirmed' AND nonce < 2")).isEqualTo(2);
        assertThat(fixture.count("state = 'unstarted'")).isEqualTo(2);
        assertThat(fixture.server.query("SELECT count(*) FROM carabiner.tx_attempts"))
                .isEqualTo("2");
        fake.twist = asked -> asked;
        finishWithin(200);
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(4);
        assertThat(chain.transactionCount(fixture.key)).isEqualTo(4);
    }

    @Test
    void aBumpThatCannotBeSigned_leavesWhatIsInThePool() throws InterruptedException {
        enqueue(1);
        fixture.work();
        fake.instead = "error:{\"code\":-32000,\"message\":\"vault is sealed\"}";
        long id = Long.parseLong(fixture.server.query("SELECT id FROM carabiner.txes"));
        Order order = new Order(new OperatorAction.Bump(id), "a@b.test");
        fixture.owner.inbox().order(order);
        fixture.work();
        assertThat(order.await()).isInstanceOfSatisfying(ActionOutcome.NotPossible.class, why -> assertThat(why.text())
                .contains("vault is sealed"));
        assertThat(fixture.server.query("SELECT done FROM carabiner.tx_actions"))
                .isEqualTo("f");
        chain.mine(1);
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(1);
    }

    /** Nothing that was signed and not stored was ever sent, so signing it twice costs nothing. */
    @Test
    void deathBetweenSigningAndStoring_signsTwice_andMinesOnce() throws InterruptedException {
        enqueue(2);
        fixture.aroundCommit = () -> {
            throw new Simulation.Crash();
        };
        assertThat(diesWhileWorking()).isTrue();
        assertThat(fake.nonces).containsExactlyInAnyOrder(0L, 1L);
        assertThat(fixture.count("state = 'unstarted'")).isEqualTo(2);
        fixture.aroundCommit = () -> {};
        fixture.boot();
        fixture.finish();
        assertThat(fake.nonces).containsExactlyInAnyOrder(0L, 1L, 0L, 1L);
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(2);
        assertThat(chain.transactionCount(fixture.key)).isEqualTo(2);
        assertThat(fixture.told).hasSize(2);
        assertThat(List.copyOf(fixture.told)).allMatch(TransactionResult.Confirmed.class::isInstance);
    }

    private boolean diesWhileWorking() throws InterruptedException {
        try {
            fixture.work();
            return false;
        } catch (Simulation.Crash crash) {
            return true;
        }
    }
}
