package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.crypto.Keccak256;
import io.carabiner.devnet.DevnetContracts;
import io.carabiner.devnet.NodeApi;
import io.carabiner.devnet.NodeFolder;
import io.carabiner.localservers.ChainRpc;
import io.carabiner.localservers.Ports;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Juels;
import io.carabiner.primitives.Wei;
import io.carabiner.testkit.PostgresTap;
import io.carabiner.testkit.RpcFaultProxy;
import io.carabiner.testkit.RpcTap;
import io.carabiner.testkit.TestChain;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Everything around a node: a chain with the real contracts, a PostgreSQL database, a data source, and a tap on each of
 * the node's two lines. One node at a time runs in it; requests are numbered from 1 as they are made.
 */
final class OracleWorld implements AutoCloseable {

    /** What each request pays: 0.1 LINK. */
    static final Juels PAYMENT = new Juels(BigInteger.TEN.pow(17));

    /** Stands in more configuration for where the chain itself listens. */
    static final String CHAIN_URL = "CHAIN_URL";

    /** The same for WebSocket. */
    static final String CHAIN_WS_URL = "CHAIN_WS_URL";

    /** The external id of the job that answers. */
    static final UUID JOB = UUID.fromString("0eec7e1d-d0d2-476c-a1a8-72dfb6633f46");

    private static final Juels PURSE = new Juels(BigInteger.TEN.pow(20));
    private static final Wei GAS_MONEY = new Wei(BigInteger.TEN.pow(19));
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final String ASKED = topic("Asked(bytes32,string,string,int256)");
    private static final String ORACLE_RESPONSE = topic("OracleResponse(bytes32)");

    /** A request on chain; the consumer must get {@link NumberPage#expected} of its number. */
    record Request(int number, Hash32 id, long block) {}

    private final Path folder;
    private final String ownConfig;
    private final TestChain chain = TestChain.start();
    private final BlockMaker blocks = BlockMaker.start(chain);
    private final TestDatabase database = TestDatabase.create();
    private final PostgresTap sqlTap = PostgresTap.inFrontOf(database.port());
    private final RpcTap rpcTap = RpcTap.inFrontOf(chain.httpUrl().getPort());
    private final RpcFaultProxy endpoint =
            RpcFaultProxy.inFrontOf(rpcTap.httpUrl().getPort());
    private final boolean throughEndpoint;
    private final NumberPage page = NumberPage.start();
    private final DevnetContracts contracts = DevnetContracts.deploy(
            new ChainRpc(chain.httpUrl()), chain.accounts().getFirst());
    private final List<Request> requests = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();

    OracleWorld(Path folder) throws IOException {
        this(folder, "", false);
    }

    private OracleWorld(Path folder, String ownConfig, boolean throughEndpoint) throws IOException {
        this.throughEndpoint = throughEndpoint;
        this.folder = Files.createDirectories(folder);
        this.ownConfig = ownConfig;
        contracts.giveLink(contracts.deployment().consumer(), PURSE);
    }

    /** A world in which a node runs, its key may answer and can pay, and its job stands. */
    static OracleWorld withNode(Path folder) throws IOException {
        return withNode(folder, "");
    }

    /** The same with more configuration. */
    static OracleWorld withNode(Path folder, String ownConfig) throws IOException {
        return withNode(folder, ownConfig, "");
    }

    /** The same with more at the top of the job spec. */
    static OracleWorld withNode(Path folder, String ownConfig, String ownSpec) throws IOException {
        return withJob(new OracleWorld(folder, ownConfig, false), ownSpec);
    }

    /** The same with a first endpoint that can be made to misbehave. */
    static OracleWorld withFaultyEndpoint(Path folder, String ownConfig) throws IOException {
        return withJob(new OracleWorld(folder, ownConfig, true), "");
    }

    private static OracleWorld withJob(OracleWorld world, String ownSpec) throws IOException {
        world.startNode();
        try (NodeApi api = world.api()) {
            Address key = api.key(world.chain.chainId());
            world.chain.setBalance(key, GAS_MONEY);
            world.contracts.authorise(key);
            api.ensureJob(
                    JOB,
                    ownSpec + NodeFolder.job(JOB, world.contracts.deployment().operator(), world.chain.chainId()));
        }
        return world;
    }

    TestChain chain() {
        return chain;
    }

    TestDatabase database() {
        return database;
    }

    PostgresTap sqlTap() {
        return sqlTap;
    }

    RpcTap rpcTap() {
        return rpcTap;
    }

    /** The node's first endpoint, if it can be made to misbehave. */
    RpcFaultProxy endpoint() {
        return endpoint;
    }

    NumberPage page() {
        return page;
    }

    DevnetContracts contracts() {
        return contracts;
    }

    /** The node that was started last. */
    NodeProcess node() {
        return nodes.getLast();
    }

    /** Starts a node in the folder of the one before and waits until it is ready. */
    NodeProcess startNode() throws IOException {
        return launchNode("node").awaitReady();
    }

    /** Begins to start a node in a folder of this name. */
    NodeProcess launchNode(String name) throws IOException {
        NodeFolder files = new NodeFolder(folder.resolve(name));
        int httpPort = Ports.free(0);
        Path forTests = folder.resolve("tests.toml");
        Files.writeString(
                forTests,
                """
                InsecureFastScrypt = true
                [Database.Lock]
                LeaseDuration = '5s'
                LeaseRefreshInterval = '500ms'
                """
                        + ownConfig
                                .replace(CHAIN_URL, chain.httpUrl().toString())
                                .replace(CHAIN_WS_URL, chain.wsUrl().toString()));
        String databaseUrl = database.url().replace(":" + database.port() + "/", ":" + sqlTap.port() + "/");
        NodeProcess node = NodeProcess.launch(
                files.write(new NodeFolder.Places(
                        httpPort,
                        databaseUrl,
                        chain.chainId(),
                        throughEndpoint ? endpoint.httpUrl() : rpcTap.httpUrl(),
                        throughEndpoint ? endpoint.wsUrl() : rpcTap.wsUrl(),
                        contracts.deployment().linkToken())),
                forTests,
                httpPort);
        nodes.add(node);
        return node;
    }

    /** Begins to start a second node, of another folder on the same database, with the first one's passwords. */
    NodeProcess launchStandby() throws IOException {
        NodeFolder first = new NodeFolder(folder.resolve("node"));
        NodeFolder second = new NodeFolder(Files.createDirectory(folder.resolve("standby")));
        Files.copy(first.files().password(), second.files().password());
        Files.copy(first.files().apiCredentials(), second.files().apiCredentials());
        return launchNode("standby");
    }

    /** The API of the node that was started last, logged in. */
    NodeApi api() {
        return NodeApi.login(node().url(), new NodeFolder(folder.resolve("node")).login());
    }

    /** The key the node answers with. */
    Address nodeKey() {
        return Address.fromHex(database.query("SELECT '0x' || encode(address, 'hex') FROM carabiner.evm_key_states"));
    }

    /** How many requests there have been. */
    long requestCount() {
        return requests.size();
    }

    /** How many transactions of the node's key the chain has been given, mined or not. */
    long sentCount() {
        return Long.decode(chain.call("eth_getTransactionCount", nodeKey().toString(), "pending")
                .stringValue());
    }

    /** Makes requests that stand in one block. */
    List<Request> askTogether(int count) {
        List<Hash32> transactions = new ArrayList<>();
        int first = requests.size() + 1;
        blocks.withoutBlocks(() -> {
            for (int i = 0; i < count; i++) {
                transactions.add(contracts.send(JOB, PAYMENT, page.question(first + i)));
            }
        });
        List<Request> made = new ArrayList<>();
        for (Hash32 transaction : transactions) {
            made.add(request(first + made.size(), chain.awaitReceipt(transaction)));
        }
        assertThat(made.stream().map(Request::block).distinct())
                .as("blocks of the requests")
                .hasSize(1);
        requests.addAll(made);
        return made;
    }

    /** Makes a request whose answer stays in the pool while this runs. */
    Request askAndHoldBlocks(Runnable meanwhile) {
        int number = requests.size() + 1;
        blocks.withoutBlocks(() -> {
            Hash32 transaction = contracts.send(JOB, PAYMENT, page.question(number));
            chain.mine(1);
            requests.add(request(number, chain.awaitReceipt(transaction)));
            meanwhile.run();
        });
        return requests.getLast();
    }

    /** Waits until a query's first value is this one. */
    void awaitRow(String query, String value) {
        Eventually.until(
                query + " is " + value, WITHIN, () -> database.query(query).equals(value), this::state);
    }

    private static Request request(int number, JsonNode receipt) {
        Hash32 id = logs(receipt.get("logs")).stream()
                .filter(log -> log.get("topics").get(0).stringValue().equals(ASKED))
                .map(log -> Hash32.fromHex(log.get("topics").get(1).stringValue()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the consumer did not ask: " + receipt));
        return new Request(number, id, Long.decode(receipt.get("blockNumber").stringValue()));
    }

    /** Waits until all requests are answered, each run is completed, and nothing is left to do with any transaction. */
    void awaitAllSettled() {
        for (Request request : requests) {
            Eventually.until(
                    "request " + request + " is answered",
                    WITHIN,
                    () -> contracts.answer(request.id()).isPresent(),
                    this::state);
        }
        Eventually.until(
                "all runs are completed and all transactions finalized",
                WITHIN,
                () -> count("runs WHERE state = 'completed'") == requests.size()
                        && count("txes WHERE state NOT IN ('finalized', 'fatal_error')") == 0,
                this::state);
    }

    /**
     * What must be true of all requests ever made, whatever has happened: one answer on chain for each, the right
     * value, the nonces of the key from 0 without a gap and one for each row, no run lost or doubled, nothing
     * unfinished.
     */
    void assertEachAnsweredOnce() {
        assertOneAnswerOnChain();
        for (Request request : requests) {
            assertThat(contracts.answer(request.id()))
                    .as("value of %s", request)
                    .contains(NumberPage.expected(request.number()));
        }
        long all = requests.size();
        assertThat(chain.transactionCount(nodeKey()))
                .as("transactions of the key")
                .isEqualTo(all);
        assertThat(database.query(
                        "SELECT coalesce(string_agg(nonce::text, ',' ORDER BY nonce), '') FROM carabiner.txes"))
                .as("nonces in the database")
                .isEqualTo(numbersBelow(all));
        assertThat(count("txes WHERE state = 'finalized'"))
                .as("finalized transactions")
                .isEqualTo(all);
        assertThat(count("tx_receipts WHERE successful"))
                .as("successful receipts")
                .isEqualTo(all);
        assertThat(count("direct_requests WHERE state = 'started'"))
                .as("stored requests")
                .isEqualTo(all);
        assertThat(count("runs WHERE state = 'completed'")).as("completed runs").isEqualTo(all);
        assertThat(count("runs")).as("runs").isEqualTo(all);
    }

    /** Each request has one answer on chain, whoever gave it. */
    void assertOneAnswerOnChain() {
        Map<Hash32, Long> responses = logs(chain.call(
                        "eth_getLogs",
                        Map.of(
                                "address", contracts.deployment().operator().toString(),
                                "fromBlock", "earliest",
                                "topics", List.of(ORACLE_RESPONSE))))
                .stream()
                .map(log -> Hash32.fromHex(log.get("topics").get(1).stringValue()))
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        assertThat(responses)
                .as("answers on chain")
                .isEqualTo(requests.stream().collect(Collectors.toMap(Request::id, request -> 1L)));
    }

    private static String numbersBelow(long end) {
        return java.util.stream.LongStream.range(0, end)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(","));
    }

    private long count(String from) {
        return Long.parseLong(database.query("SELECT count(*) FROM carabiner." + from));
    }

    /** For failure messages: the rows in short, and what the node said last. */
    String state() {
        return database.query("SELECT 'runs: ' || coalesce((SELECT string_agg(id || ' ' || state, ', ' ORDER BY id)"
                        + " FROM carabiner.runs), '') || E'\\ntransactions: ' || coalesce((SELECT string_agg("
                        + " id || ' ' || state || ' nonce ' || coalesce(nonce::text, 'none'), ', ' ORDER BY id)"
                        + " FROM carabiner.txes), '')")
                + "\n" + node().logTail();
    }

    private static List<JsonNode> logs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static String topic(String signature) {
        return Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII)).toString();
    }

    @Override
    public void close() throws InterruptedException {
        nodes.forEach(NodeProcess::close);
        page.close();
        endpoint.close();
        rpcTap.close();
        sqlTap.close();
        blocks.close();
        database.close();
        chain.close();
    }
}
