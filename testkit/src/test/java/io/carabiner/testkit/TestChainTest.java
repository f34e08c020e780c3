package io.carabiner.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TestChainTest {

    /**
     * Returns 42 from every call: PUSH1 42, PUSH1 0, MSTORE, PUSH1 32, PUSH1 0, RETURN behind a copying constructor.
     */
    private static final Bytes ANSWERS_42 = Bytes.fromHex("600a600c600039600a6000f3602a60005260206000f3");

    private static final TestChain CHAIN = TestChain.start();
    private static final Address ALICE = CHAIN.accounts().getFirst();

    @AfterAll
    static void stop() {
        CHAIN.close();
    }

    @Test
    void deploy_givesAContractThatAnswers() {
        Address contract = CHAIN.deploy(ALICE, ANSWERS_42);
        assertThat(CHAIN.read(contract, Bytes.fromHex(""))).isEqualTo(Bytes.fromHex("00".repeat(31) + "2a"));
        assertThat(CHAIN.execute(ALICE, contract, Bytes.fromHex(""))
                        .get("status")
                        .asString())
                .isEqualTo("0x1");
    }

    @Test
    void automineOff_letsTransactionsWaitForABlock() {
        CHAIN.automine(false);
        Hash32 waiting = CHAIN.send(ALICE, CHAIN.accounts().get(1), Bytes.fromHex(""));
        assertThat(CHAIN.receipt(waiting)).isEmpty();
        CHAIN.mine(1);
        assertThat(CHAIN.awaitReceipt(waiting).get("status").asString()).isEqualTo("0x1");
        CHAIN.automine(true);
    }

    @Test
    void reorg_takesTransactionsBack() {
        Hash32 gone = CHAIN.send(ALICE, CHAIN.accounts().get(1), Bytes.fromHex(""));
        CHAIN.awaitReceipt(gone);
        long count = CHAIN.transactionCount(ALICE);
        long height = CHAIN.blockNumber();
        CHAIN.reorg(1);
        assertThat(CHAIN.receipt(gone)).isEmpty();
        assertThat(CHAIN.transactionCount(ALICE)).isEqualTo(count - 1);
        assertThat(CHAIN.blockNumber()).isEqualTo(height);
    }

    @Test
    void impersonate_sendsFromAnyAccount() {
        Address stranger = Address.fromHex("0x00000000000000000000000000000000000000ff");
        CHAIN.setBalance(stranger, Wei.ofGwei(1_000_000_000));
        CHAIN.impersonate(stranger);
        CHAIN.execute(stranger, ALICE, Bytes.fromHex(""));
        assertThat(CHAIN.transactionCount(stranger)).isEqualTo(1);
        assertThat(CHAIN.balance(stranger)).isLessThan(Wei.ofGwei(1_000_000_000));
    }

    @Test
    void blockTime_minesByItself() {
        try (TestChain chain = TestChain.start(Duration.ofSeconds(1))) {
            Hash32 sent = chain.send(ALICE, chain.accounts().get(1), Bytes.fromHex(""));
            assertThat(chain.awaitReceipt(sent).get("status").asString()).isEqualTo("0x1");
        }
    }
}
