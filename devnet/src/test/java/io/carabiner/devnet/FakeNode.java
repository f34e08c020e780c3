package io.carabiner.devnet;

import com.esaulpaugh.headlong.abi.Function;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carabiner.crypto.Eip55;
import io.carabiner.localservers.ChainRpc;
import io.carabiner.localservers.LocalServerException;
import io.carabiner.localservers.PrivateFiles;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for a node: the part of its API that the development network uses, and one number as the answer to every
 * request for its job. It keeps its job in a file, as a node keeps it in its database.
 */
final class FakeNode implements NodeLauncher.RunningNode {

    static final BigInteger ANSWER = BigInteger.valueOf(4_711);
    static final Address KEY = Address.fromHex("0x00000000000000000000000000000000000f00d5");

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final String ORACLE_REQUEST = "0xd8d7ecc4800d25fa53ce0372f13a416d98907a7ef3d8d3bdd79cf4fe75529c65";
    private static final Function FULFIL =
            Function.parse("fulfillOracleRequest2(bytes32,uint256,address,bytes4,uint256,bytes)");

    private final NodeFiles files;
    private final HttpServer server;
    private final ChainRpc chain;
    private final Set<String> answered = new HashSet<>();
    private final Thread worker = Thread.ofVirtual().unstarted(this::work);

    private FakeNode(NodeFiles files, HttpServer server, ChainRpc chain) {
        this.files = files;
        this.server = server;
        this.chain = chain;
    }

    static FakeNode launch(NodeFiles files) {
        try {
            String config = Files.readString(files.config());
            int port = Integer.parseInt(find(config, "HTTPPort = (\\d+)"));
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
            FakeNode node = new FakeNode(files, server, new ChainRpc(URI.create(find(config, "HTTPURL = '([^']+)'"))));
            server.createContext("/", node::serve);
            server.start();
            node.chain.call("anvil_impersonateAccount", KEY.toString());
            node.worker.start();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        worker.interrupt();
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String answer =
                    switch (request) {
                        case "POST /sessions" -> session(body);
                        case "GET /v2/keys/evm" ->
                            "{\"data\":[{\"attributes\":{\"evmChainID\":\"1337\",\"disabled\":false,\"address\":\""
                                    + Eip55.format(KEY) + "\"}}]}";
                        case "GET /v2/jobs" ->
                            Files.exists(job())
                                    ? "{\"data\":[{\"attributes\":{\"externalJobID\":\"" + jobId() + "\"}}]}"
                                    : "{\"data\":[]}";
                        case "POST /v2/jobs" -> create(body);
                        default -> "{\"data\":[]}";
                    };
            byte[] content = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.isEmpty() ? 401 : 200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private String session(String body) throws IOException {
        List<String> credentials = Files.readAllLines(files.apiCredentials());
        JsonNode given = new JsonMapper().readTree(body);
        boolean right = given.get("email").asString().equals(credentials.get(0))
                && given.get("password").asString().equals(credentials.get(1));
        return right ? "{}" : "";
    }

    private String create(String body) throws IOException {
        if (Files.exists(job())) {
            throw new IllegalStateException("the job is created twice");
        }
        PrivateFiles.replace(job(), new JsonMapper().readTree(body).get("toml").asString());
        return "{}";
    }

    private Path job() {
        return files.config().resolveSibling("job-of-the-fake-node.toml");
    }

    private UUID jobId() throws IOException {
        return UUID.fromString(find(Files.readString(job()), "externalJobID = \"([^\"]+)\""));
    }

    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                TimeSource.system().sleep(LOOK_EVERY);
                if (Files.exists(job())) {
                    answerAll();
                }
            } catch (IOException | InterruptedException | RuntimeException e) {
                return;
            }
        }
    }

    private void answerAll() throws IOException {
        String operator = find(Files.readString(job()), "contractAddress = \"([^\"]+)\"");
        JsonNode logs = chain.call(
                "eth_getLogs", Map.of("address", operator, "fromBlock", "earliest", "topics", List.of(ORACLE_REQUEST)));
        for (JsonNode log : logs) {
            String data = log.get("data").asString().substring(2);
            if (answered.add(word(data, 1))) {
                answer(operator, data);
            }
        }
    }

    private void answer(String operator, String data) {
        String call = DevTransactions.encoded(
                FULFIL,
                Bytes.fromHex(word(data, 1)).toArray(),
                new BigInteger(word(data, 2), 16),
                Address.fromHex(word(data, 3).substring(24)),
                Bytes.fromHex(word(data, 4).substring(0, 8)).toArray(),
                new BigInteger(word(data, 5), 16),
                Bytes.fromHex(word(data, 1) + String.format("%064x", ANSWER)).toArray());
        try {
            chain.call("eth_sendTransaction", Map.of("from", KEY.toString(), "to", operator, "data", call));
        } catch (LocalServerException e) {
            // Answered before this node was started again: estimating the gas of a second answer fails.
            answered.add(word(data, 1));
        }
    }

    private static String word(String data, int index) {
        return data.substring(index * 64, index * 64 + 64);
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(pattern + " is not in: " + text);
        }
        return matcher.group(1);
    }
}
