package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.testkit.TestChain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around a key, and what people do about it, on a real PostgreSQL and a real chain. */
final class CareStoryTest {

    private static final Address TARGET = Address.fromHex("0x00000000000000000000000000000000000000ee");

    @TempDir
    Path folder;

    private TestChain chain;
    private KeyFixture fixture;

    @BeforeEach
    void open() throws InterruptedException {
        chain = TestChain.start();
        chain.automine(false);
        fixture = new KeyFixture(folder, chain, KeyFixture.settings());
    }

    @AfterEach
    void close() {
        fixture.close();
        chain.close();
    }

    private static TransactionRequest request(int number) {
        return TransactionRequest.call(TARGET, Bytes.of((byte) number), 60_000)
                .withTask(UUID.randomUUID(), OptionalInt.of(1), true);
    }

    private void enqueue(int count) {
        fixture.enqueue(
                IntStream.range(0, count).mapToObj(CareStoryTest::request).toList());
    }

    private ActionOutcome act(OperatorAction action) throws InterruptedException {
        Order order = new Order(action, "a@b.test");
        fixture.owner.inbox().order(order);
        fixture.work();
        return order.await();
    }

    private long idAt(long nonce) {
        return Long.parseLong(fixture.server.query("SELECT id FROM carabiner.txes WHERE nonce = " + nonce));
    }

    @Test
    void bumpAndCancel_changeWhatIsMined_andAreNoted() throws InterruptedException {
        enqueue(2);
        fixture.work();
        assertThat(act(new OperatorAction.Bump(idAt(0)))).isInstanceOf(ActionOutcome.Done.class);
        assertThat(act(new OperatorAction.Cancel(idAt(1)))).isInstanceOf(ActionOutcome.Done.class);
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(1);
        assertThat(fixture.count("state = 'fatal_error' AND error = 'cancelled by a@b.test'"))
                .isEqualTo(1);
        assertThat(chain.transactionCount(fixture.key)).isEqualTo(2);
        assertThat(fixture.told).hasSize(2);
        assertThat(act(new OperatorAction.Cancel(idAt(0))))
                .isEqualTo(new ActionOutcome.NotPossible("transaction " + idAt(0) + " is mined already"));
        assertThat(fixture.server.query("SELECT string_agg(action || ' ' || actor || ' ' || done, ', ' ORDER BY id)"
                        + " FROM carabiner.tx_actions"))
                .isEqualTo("bump a@b.test true, cancel a@b.test true, cancel a@b.test false");
    }

    @Test
    void cancelInTheQueue_givesNoNonce() throws InterruptedException {
        fixture.gate = new SendGate() {
            @Override
            public List<GateAnswer> ask(Address key, List<SendQuestion> queued) {
                return queued.stream()
                        .<GateAnswer>map(one -> new GateAnswer.Wait("later"))
                        .toList();
            }

            @Override
            public void nonceGiven(WriteTransaction tx, List<Long> transactionIds) {
                throw new AssertionError("nothing was allowed");
            }
        };
        enqueue(1);
        fixture.work();
        long id = Long.parseLong(fixture.server.query("SELECT id FROM carabiner.txes"));
        assertThat(act(new OperatorAction.Cancel(id)).text()).endsWith("left the queue");
        assertThat(fixture.count("state = 'fatal_error' AND nonce IS NULL AND callback_completed"))
                .isEqualTo(1);
    }

    /** As from a backup that was made before the last two were given nonces, and one bump. */
    @Test
    void aRestoredBackup_findsOnChainWhatItHadSent_andSendsNothingTwice() throws InterruptedException {
        enqueue(4);
        fixture.work();
        act(new OperatorAction.Bump(idAt(1)));
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(4);
        String lost = "(SELECT id FROM carabiner.txes WHERE nonce >= 2)";
        chain.mine(1);
        fixture.server.query("WITH r AS (DELETE FROM carabiner.tx_receipts RETURNING 1) SELECT count(*) FROM r");
        fixture.server.query("WITH a AS (DELETE FROM carabiner.tx_attempts WHERE eth_tx_id IN " + lost
                + " OR id = (SELECT max(b.id) FROM carabiner.tx_attempts b JOIN carabiner.txes t ON t.id = b.eth_tx_id"
                + " WHERE t.nonce = 1) RETURNING 1) SELECT count(*) FROM a");
        fixture.server.query("WITH u AS (UPDATE carabiner.txes SET state = 'unconfirmed', tracked = true,"
                + " callback_completed = false WHERE nonce < 2 RETURNING 1) SELECT count(*) FROM u");
        fixture.server.query("WITH u AS (UPDATE carabiner.txes SET state = 'unstarted', nonce = NULL, tracked = false,"
                + " initial_broadcast_at = NULL, callback_completed = false WHERE nonce >= 2 RETURNING 1)"
                + " SELECT count(*) FROM u");
        fixture.boot();
        fixture.finish();
        enqueue(1);
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(5);
        assertThat(chain.transactionCount(fixture.key))
                .as("four from before, and the new one")
                .isEqualTo(5);
    }

    @Test
    void aNonceThatAStrangerTook_failsWithTheStrangersHash_andTheKeyGoesOn() throws InterruptedException {
        enqueue(1);
        fixture.work();
        chain.call("anvil_dropAllTransactions");
        chain.call("anvil_impersonateAccount", fixture.key.toString());
        String stranger = chain.call(
                        "eth_sendTransaction",
                        Map.of(
                                "from",
                                fixture.key.toString(),
                                "to",
                                TARGET.toString(),
                                "value",
                                "0x1",
                                "gas",
                                "0x5208"))
                .asString();
        for (int i = 0; i < 30 && fixture.open() > 0; i++) {
            chain.mine(1);
            fixture.look();
        }
        assertThat(fixture.told)
                .singleElement()
                .isInstanceOfSatisfying(TransactionResult.Failed.class, failed -> assertThat(failed.error())
                        .startsWith(
                                "could not get receipt: nonce 0 was used by transaction " + Hash32.fromHex(stranger)));
        enqueue(1);
        fixture.finish();
        assertThat(fixture.count("state = 'finalized' AND nonce = 1")).isEqualTo(1);
    }

    @Test
    void dropOldest_keepsTheNewest_andTellsWhoWaitsForTheOthers() throws InterruptedException {
        UUID feed = UUID.randomUUID();
        SendingOptions newestOnly =
                new SendingOptions(false, List.of(), Optional.of(new SendingOptions.DropOldest(feed, 1)));
        for (int i = 0; i < 3; i++) {
            fixture.enqueue(List.of(request(i).withOptions(newestOnly)));
        }
        assertThat(fixture.count("state = 'unstarted'")).isEqualTo(1);
        assertThat(fixture.told).hasSize(2).allMatch(TransactionResult.Failed.class::isInstance);
        fixture.finish();
        assertThat(fixture.count("state = 'finalized' AND encoded_payload = '\\x02'"))
                .isEqualTo(1);
    }

    @Test
    void accessLists_areSignedInBothKindsOfTransactions() throws InterruptedException {
        SendingOptions lists =
                new SendingOptions(false, List.of(new AccessListEntry(TARGET, List.of(Hash32.ZERO))), Optional.empty());
        fixture.enqueue(List.of(request(1).withOptions(lists)));
        fixture.finish();
        fixture.access.legacy = true;
        fixture.enqueue(List.of(request(2).withOptions(lists)));
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(2);
        assertThat(fixture.server.query("SELECT string_agg(tx_type::text, ',' ORDER BY id) FROM carabiner.tx_attempts"))
                .isEqualTo("2,1");
    }

    @Test
    void aForwardedRequest_callsTheForwarder_andOnlyIfItLetsTheKeyPass() throws InterruptedException {
        Address forwarder = Address.fromHex("0x00000000000000000000000000000000000000f0");
        SendingOptions forwarded = new SendingOptions(true, List.of(), Optional.empty());
        Forwarders forwarders = new Forwarders(fixture.database);
        long id = forwarders.track(chain.chainId(), forwarder).orElseThrow().id();
        forwarders.learn(id, List.of(fixture.key));
        fixture.forwarding.use(forwarders.of(chain.chainId()));
        fixture.enqueue(List.of(request(1).withOptions(forwarded), request(2)));
        assertThat(fixture.server.query("SELECT string_agg(encode(to_address, 'hex') || ' '"
                        + " || left(encode(encoded_payload, 'hex'), 8), ', ' ORDER BY id) FROM carabiner.txes"))
                .isEqualTo("%s 6fadcf72, %s 02".formatted(hex(forwarder), hex(TARGET)));
        assertThat(fixture.server.query(
                        "SELECT meta ->> 'ForwarderDestAddress' FROM carabiner.txes ORDER BY id LIMIT 1"))
                .isEqualTo(TARGET.toString());
        fixture.finish();
        assertThat(fixture.count("state = 'finalized'")).isEqualTo(2);
    }

    private static String hex(Address address) {
        return address.toString().substring(2);
    }
}
