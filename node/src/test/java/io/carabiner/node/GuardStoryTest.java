package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.devnet.NodeApi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A request that pays too little for its answer, as the operator of a guarded node sees it. */
class GuardStoryTest {

    private static final String GUARDS = """
            [Carabiner.Guards]
            ProfitGate = 'link'
            LinkPrice = '1 kwei'
            """;

    @TempDir
    Path folder;

    @Test
    void requestThatPaysTooLittle_isNotAnswered_andRunJobAndMetricsSayWhy() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder, GUARDS);
                NodeApi api = world.api()) {
            world.askTogether(1);
            world.awaitRow("SELECT state FROM carabiner.runs", "errored");

            assertThat(world.sentCount()).as("transactions of the node").isZero();
            JsonNode run = api.get("/v2/pipeline/runs").at("/data/0/attributes");
            assertThat(run.get("taskRuns").toString())
                    .contains("refused by guard PROFIT: the payment of 100000000000000000 juels at 1000 wei a LINK");
            assertThat(api.get("/v2/jobs/1").at("/data/attributes/errors").toString())
                    .contains("a guard refused a transaction: PROFIT");
            dryRuns_sayWhatTheGuardWouldSay(api);
            assertThat(world.node().get("/metrics").body())
                    .as("dry runs are not counted")
                    .containsPattern("(?m)^guard_refusals\\{.*guard=\"profit\".*} 1(\\.0)?$");
        }
    }

    private static void dryRuns_sayWhatTheGuardWouldSay(NodeApi api) {
        JsonNode request = api.get("/v2/pipeline/runs/dead").at("/data/0/attributes/requestTxHash");
        String toml = api.get("/v2/job_specs").at("/data/0/attributes/toml").asString();
        JsonNode report = api.post("/v2/jobs/test", Map.of("toml", toml, "request", "tx:" + request.asString()));
        JsonNode replay = api.post("/v2/pipeline/runs/1/replay", Map.of());
        for (JsonNode answer : List.of(report, replay)) {
            assertThat(answer.at("/data/attributes/tasks/7/transaction/guardRefuses")
                            .asString())
                    .startsWith("refused by guard PROFIT: the payment of 100000000000000000 juels at 1000 wei a LINK");
        }
    }
}
