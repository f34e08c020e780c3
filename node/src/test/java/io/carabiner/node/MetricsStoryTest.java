package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.devnet.NodeApi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a node at work: each that a Go node was recorded with is there, or stands here with the reason. */
class MetricsStoryTest {

    /** What ours has not, by the beginning of the name. */
    private static final Map<String, String> ABSENT = absent();

    /** What moves when. */
    private static final Map<String, List<String>> MOVED = Map.of(
            "a request is answered",
                    List.of(
                            "evm_pool_rpc_node_calls_total",
                            "head_tracker_current_head",
                            "head_tracker_heads_received",
                            "log_poller_blocks_inserted",
                            "pipeline_tasks_total_finished",
                            "pool_rpc_node_highest_seen_block",
                            "tx_manager_num_confirmed_transactions",
                            "tx_manager_num_successful_transactions",
                            "tx_manager_time_until_tx_confirmed_count"),
            "somebody calls the API",
                    List.of(
                            "promhttp_metric_handler_requests_total",
                            "service_gonic_requests_total",
                            "service_gonic_request_duration_count"),
            "a run fails at a bridge that nobody serves",
                    List.of("bridge_errors_total", "pipeline_run_errors", "pipeline_run_total_time_to_completion"));

    private static Map<String, String> absent() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String other :
                List.of("automation_", "compute_", "llo_", "mercury_", "workflow_", "platform_", "registry")) {
            reasons.put(other, "services that are not part of this node");
        }
        for (String network : List.of("rage", "ocr", "telemetry_")) {
            reasons.put(network, "networks of oracles are not part of this version");
        }
        reasons.put("feeds_", "there is no feeds manager");
        reasons.put("job_proposal_", "there is no feeds manager");
        reasons.put("vrf_", "written once a VRF job runs");
        reasons.put("mailbox_load_percent", "there are no mailboxes: work is queued in rows");
        reasons.put("sql_query_timeout_percent", "queries have no deadline to measure against");
        reasons.put("log_poller_query_", "there is no log poller: nothing is asked of stored logs");
        reasons.put("gas_updater_all_", "prices come from eth_feeHistory, which gives the wanted percentile alone");
        reasons.put("flux_monitor_", "written once a flux monitor runs");
        reasons.put("process_virtual_memory_max_bytes", "the machine sets no such limit");
        for (String later : List.of(
                "bridge_latency_seconds",
                "evm_pool_rpc_node_calls_failed",
                "gas_updater_set_",
                "pipeline_task_eth_call_execution_time",
                "tx_manager_num_tx_reverted")) {
            reasons.put(later, "shown with its first value");
        }
        reasons.put("evm_pool_rpc_node_dials_", "calls are counted; a connection is not dialled by itself");
        reasons.put("node_balance", "the same as eth_balance, under the name of 2.31");
        reasons.put("rpc_call_latency", "the same as evm_pool_rpc_node_rpc_call_time, under the name of 2.31");
        reasons.put("pool_rpc_node_client_version", "shown by rpc endpoints");
        reasons.put("pool_rpc_node_highest_finalized_block", "heads are not followed down to the final block");
        reasons.put("pool_rpc_node_polls_", "endpoints are judged by the calls that are made anyway");
        reasons.put("process_network_", "counted for the machine, not for the process");
        reasons.put("db_wait_", "the pool says how many wait: db_conns_wait");
        return reasons;
    }

    @TempDir
    Path folder;

    private static Map<String, Double> scrape(NodeProcess node) throws IOException {
        Map<String, Double> sums = new HashMap<>();
        for (String line : node.get("/metrics").body().lines().toList()) {
            if (!line.startsWith("#") && !line.isBlank()) {
                int space = line.lastIndexOf(' ');
                String name = line.substring(0, space).replaceFirst("\\{.*", "");
                sums.merge(name, Double.parseDouble(line.substring(space + 1)), Double::sum);
            }
        }
        return sums;
    }

    private static List<String> recorded() throws IOException {
        try (InputStream in = MetricsStoryTest.class.getResourceAsStream("/golden/metrics.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", -1)[0])
                    .toList();
        }
    }

    @Test
    void everyRecordedMetric_isThere_andMovesWhenItShould() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder);
                NodeApi api = world.api()) {
            Map<String, Map<String, Double>> before = new HashMap<>();
            Map<String, Map<String, Double>> after = new HashMap<>();

            before.put("a request is answered", scrape(world.node()));
            world.askTogether(1);
            world.awaitAllSettled();
            after.put("a request is answered", scrape(world.node()));

            before.put("somebody calls the API", after.get("a request is answered"));
            api.get("/v2/jobs");
            after.put("somebody calls the API", scrape(world.node()));

            before.put("a run fails at a bridge that nobody serves", after.get("somebody calls the API"));
            failAtABridge(world, api);
            after.put("a run fails at a bridge that nobody serves", scrape(world.node()));

            List<String> still = new ArrayList<>();
            MOVED.forEach((what, names) -> names.stream()
                    .filter(name -> after.get(what).getOrDefault(name, 0.0)
                            <= before.get(what).getOrDefault(name, 0.0))
                    .forEach(name -> still.add(name + " when " + what)));
            assertThat(still).isEmpty();
            assertThat(forgotten(families(world.node()))).isEmpty();
        }
    }

    private static Set<String> families(NodeProcess node) throws IOException {
        return node.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", -1)[2])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> forgotten(Set<String> ours) throws IOException {
        Set<String> missing = new TreeSet<>(recorded());
        missing.removeAll(ours);
        missing.removeIf(name -> ABSENT.keySet().stream().anyMatch(name::startsWith));
        return missing;
    }

    private static void failAtABridge(OracleWorld world, NodeApi api) {
        api.post("/v2/bridge_types", Map.of("name", "nobody", "url", "http://127.0.0.1:9/"));
        String id = "abcdef01-2345-4678-89ab-cdef01234567";
        api.post("/v2/jobs", Map.of("toml", """
                        type = "webhook"
                        schemaVersion = 1
                        name = "fails"
                        externalJobID = "%s"
                        observationSource = \"""
                            ask [type=bridge name="nobody" requestData="{}"]
                        \"""
                        """.formatted(id)));
        api.post("/v2/jobs/" + id + "/runs", Map.of());
        Eventually.until(
                "the run failed",
                Duration.ofSeconds(30),
                () -> api.get("/v2/pipeline/runs?size=1")
                        .at("/data/0/attributes/finishedAt")
                        .isString(),
                () -> world.node().logTail());
    }
}
