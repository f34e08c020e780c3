package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Chains, nodes and what else has the names of 2.31 unless the configuration says otherwise. */
@TestInstance(Lifecycle.PER_CLASS)
class ChainsApiTest {

    private TestNode node;
    private String cookie;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
        cookie = node.loginAdmin();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private JsonNode get(String path) throws Exception {
        return TestNode.json(node.get(path, cookie));
    }

    @Test
    void chains_haveTheNewTypeAndTheirNetwork() throws Exception {
        for (String path : List.of("/v2/chains", "/v2/chains/evm")) {
            JsonNode chain = get(path).at("/data/0");
            assertThat(chain.get("type").stringValue()).isEqualTo("chain");
            assertThat(chain.get("attributes").propertyNames()).containsExactly("network", "enabled", "config");
            assertThat(chain.at("/attributes/network").stringValue()).isEqualTo("evm");
        }
        assertThat(get("/v2/chains/evm/1337").at("/data/id").stringValue()).isEqualTo("1337");
    }

    @Test
    void nodes_haveTheNewType_andSayWhereThePoolDoesNotKnowThem() throws Exception {
        for (String path : List.of("/v2/nodes", "/v2/nodes/evm", "/v2/chains/evm/1337/nodes")) {
            JsonNode first = get(path).at("/data/0");
            assertThat(first.get("type").stringValue()).isEqualTo("node");
            assertThat(first.at("/attributes/state").stringValue()).isEqualTo("NotLoaded");
        }
    }

    @Test
    void pageThatIsPartlyThere_isGivenPartly_andOnePastTheEndIsEmpty() throws Exception {
        assertThat(get("/v2/nodes?size=2&page=1").get("data")).hasSize(2);
        assertThat(get("/v2/nodes?size=1&page=2").at("/data/0/id").stringValue())
                .isEqualTo("1337/send-only");
        assertThat(get("/v2/nodes?size=10000&page=2147483647").get("data")).isEmpty();
        assertThat(get("/v2/chains?size=1&page=9").get("data")).isEmpty();
    }

    @Test
    void buildAndFeatures_haveWhatTheNewGenerationAdded() throws Exception {
        assertThat(get("/v2/build_info").propertyNames()).containsExactly("commitSHA", "version", "versionTag");
        assertThat(get("/v2/features").get("data")).hasSize(3);
    }
}
