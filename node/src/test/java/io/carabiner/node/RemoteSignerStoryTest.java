package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.crypto.Eip55;
import io.carabiner.devnet.NodeApi;
import io.carabiner.primitives.Address;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node without a key of its own: a remote signer (the chain's, which speaks the same JSON-RPC) has it. */
class RemoteSignerStoryTest {

    private static final Address KEY = Address.fromHex("0x90f79bf6eb2c4f870365e785982e1f101e93b906");
    private static final String SIGNER = """
            [[Carabiner.EVM]]
            ChainID = '1337'
            [Carabiner.EVM.RemoteSigner]
            URL = '%s'
            Keys = ['%s']
            """.formatted(OracleWorld.CHAIN_URL, Eip55.format(KEY));

    @TempDir
    Path folder;

    @Test
    void requestIsAnswered_withAKeyThatTheNodeNeverHad() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder, SIGNER);
                NodeApi api = world.api()) {
            world.askTogether(3);
            world.awaitAllSettled();
            world.assertEachAnsweredOnce();

            assertThat(world.nodeKey()).as("no key was made beside it").isEqualTo(KEY);
            assertThat(api.get("/v2/keys/evm").path("data").size()).isEqualTo(1);
            assertThat(world.chain().transactionCount(KEY)).isEqualTo(3);
            assertThat(api.get("/v2/keys/evm").at("/data/0/attributes/disabled").asBoolean())
                    .isFalse();
            assertThatThrownBy(() -> api.post("/v2/keys/evm/export/" + KEY + "?newpassword=x", Map.of()))
                    .hasMessageContaining("held by a remote signer");
        }
    }
}
