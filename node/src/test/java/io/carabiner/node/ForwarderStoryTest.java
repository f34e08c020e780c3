package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.devnet.NodeApi;
import io.carabiner.primitives.Address;
import io.carabiner.testkit.TestForwarder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that answers through an AuthorizedForwarder, as its operator sees it. */
class ForwarderStoryTest {

    private static final String ENABLED = """
            [[EVM]]
            ChainID = '1337'
            [EVM.Transactions]
            ForwardersEnabled = true
            """;
    private static final String LAST_RECEIVER =
            "SELECT '0x' || encode(to_address, 'hex') FROM carabiner.txes ORDER BY id DESC LIMIT 1";

    @TempDir
    Path folder;

    private static TestForwarder deploy(OracleWorld world) {
        return TestForwarder.deploy(
                world.chain(),
                world.contracts().owner(),
                world.contracts().deployment().linkToken());
    }

    private static String track(NodeApi api, TestForwarder forwarder) {
        return api.post(
                        "/v2/nodes/evm/forwarders/track",
                        Map.of(
                                "evmChainId",
                                "1337",
                                "address",
                                forwarder.address().toString()))
                .at("/data/id")
                .asString();
    }

    @Test
    void requestIsAnsweredThroughTheForwarder_andDirectlyWithoutOne() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder, ENABLED, "forwardingAllowed = true\n");
                NodeApi api = world.api()) {
            Address key = world.nodeKey();
            TestForwarder forwarder = deploy(world);
            forwarder.letPass(key);
            world.contracts().authorise(forwarder.address());
            String id = track(api, forwarder);
            world.awaitRow(
                    "SELECT senders[1] = (SELECT address FROM carabiner.evm_key_states)"
                            + " FROM carabiner.evm_forwarders",
                    "t");

            world.askTogether(1);
            world.awaitAllSettled();
            assertThat(world.database().query(LAST_RECEIVER))
                    .isEqualTo(forwarder.address().toString());
            assertThat(world.node().get("/metrics").body())
                    .containsPattern(
                            "(?m)^tx_manager_fwd_tx_count\\{chainID=\"1337\",successful=\"true\".*} 1(\\.0)?$");

            world.contracts().authorise(key);
            api.delete("/v2/nodes/evm/forwarders/" + id);
            world.askTogether(1);
            world.awaitAllSettled();
            String operator = world.contracts().deployment().operator().toString();
            assertThat(world.database().query(LAST_RECEIVER)).as("deleted").isEqualTo(operator);

            forwarder.letPass(world.contracts().owner());
            track(api, forwarder);
            world.awaitRow("SELECT cardinality(senders) FROM carabiner.evm_forwarders", "1");
            world.askTogether(1);
            world.awaitAllSettled();
            assertThat(world.database().query(LAST_RECEIVER))
                    .as("the forwarder does not let the key pass")
                    .isEqualTo(operator);
            world.assertEachAnsweredOnce();
        }
    }
}
