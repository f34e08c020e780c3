package io.carabiner.localservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.ChainId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnvilTest {

    private static final String ACCOUNT = "0x00000000000000000000000000000000000000aa";

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("carabiner-anvil-test-");
    }

    @AfterEach
    void removeFolder() {
        Anvil.erase(folder);
    }

    @Test
    void start_answersAsTheChainAskedFor() {
        AnvilOptions options =
                new AnvilOptions(folder, 0, ChainId.of(31337), new AnvilOptions.Mining.EachTransaction(), true);
        try (Anvil chain = Anvil.start(options)) {
            assertThat(chain.call("eth_chainId").asString()).isEqualTo("0x7a69");
            assertThatThrownBy(() -> chain.call("no_such"))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessageStartingWith("no_such: ");
        }
    }

    @Test
    void startAgain_goesOnWithTheSameChain() {
        try (Anvil chain = Anvil.start(ChildJvm.chain(folder))) {
            chain.call("anvil_setBalance", ACCOUNT, "0x7");
            chain.call("anvil_mine", "0x5");
        }
        try (Anvil chain = Anvil.start(ChildJvm.chain(folder))) {
            assertThat(balance(chain)).isEqualTo("0x7");
            assertThat(chain.call("eth_blockNumber").asString()).isEqualTo("0x5");
        }
    }

    @Test
    void killedJvm_keepsTheChainAndLeavesNoProcess() throws Exception {
        try (ChildJvm child = ChildJvm.start("anvil", folder)) {
            ChainRpc rpc = new ChainRpc(java.net.URI.create("http://127.0.0.1:" + child.awaitPort()));
            rpc.call("anvil_setBalance", ACCOUNT, "0x7");
            rpc.call("anvil_mine", "0x1");
            ProcessHandle watchdog = watchdog();
            ProcessHandle server = server(watchdog);
            child.killHard();
            watchdog.onExit().get(Watchdog.GRACE_SECONDS, TimeUnit.SECONDS);
            assertThat(server.isAlive()).isFalse();
        }
        try (Anvil chain = Anvil.start(ChildJvm.chain(folder))) {
            assertThat(balance(chain)).isEqualTo("0x7");
        }
    }

    @Test
    void saveState_outlivesTheDeathOfAnvilItself() throws Exception {
        try (Anvil chain = Anvil.start(ChildJvm.chain(folder))) {
            chain.call("anvil_setBalance", ACCOUNT, "0x7");
            chain.call("anvil_mine", "0x1");
            chain.saveState();
            ProcessHandle server = server(watchdog());
            server.destroyForcibly();
            server.onExit().get(Watchdog.GRACE_SECONDS, TimeUnit.SECONDS);
        }
        try (Anvil chain = Anvil.start(ChildJvm.chain(folder))) {
            assertThat(balance(chain)).isEqualTo("0x7");
        }
    }

    @Test
    void notKept_leavesNoFolder() {
        Anvil.start(AnvilOptions.throwaway(folder)).close();
        assertThat(folder).doesNotExist();
    }

    @Test
    void preferredPortTaken_anotherIsUsed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            AnvilOptions options = new AnvilOptions(
                    folder, taken.getLocalPort(), ChainId.of(1337), new AnvilOptions.Mining.EachTransaction(), false);
            try (Anvil chain = Anvil.start(options)) {
                assertThat(chain.port()).isNotEqualTo(taken.getLocalPort());
            }
        }
    }

    @Test
    void brokenState_isSaidWithTheWayOut() throws Exception {
        Files.writeString(folder.resolve("state.json"), "{broken");
        assertThatThrownBy(() -> Anvil.start(ChildJvm.chain(folder)))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("does not start")
                .hasMessageContaining("--reset");
    }

    private ProcessHandle watchdog() throws IOException {
        String pid = Files.readString(folder.resolve("watchdog.pid")).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static ProcessHandle server(ProcessHandle watchdog) {
        return watchdog.children()
                .filter(child -> child.info().command().orElse("").endsWith("anvil"))
                .findFirst()
                .orElseThrow();
    }

    private static String balance(Anvil chain) {
        return chain.call("eth_getBalance", ACCOUNT, "latest").asString();
    }
}
