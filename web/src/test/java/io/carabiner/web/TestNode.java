package io.carabiner.web;

import io.carabiner.audit.AuditTrail;
import io.carabiner.config.ApiGeneration;
import io.carabiner.config.AuthenticationMethod;
import io.carabiner.config.FileSize;
import io.carabiner.config.WebServerConfig;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.jobs.webhook.ExternalInitiators;
import io.carabiner.keystore.Keystore;
import io.carabiner.keystore.Password;
import io.carabiner.keystore.ScryptCost;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.LogLevel;
import io.carabiner.telemetry.Logging;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.TestClock;
import io.carabiner.testkit.TestDatabase;
import io.carabiner.txm.Forwarders;
import io.carabiner.txm.Txm;
import io.carabiner.web.WebServices.ChainAccess;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A started server with a real database and keystore; the other rooms are fakes. */
final class TestNode implements AutoCloseable {

    static final String ADMIN = "a@b.test";
    static final String ADMIN_PASSWORD = "Sixteen-chars-pw1!";
    static final Duration SESSION_TIMEOUT = Duration.ofMinutes(15);

    final TestClock clock = new TestClock();
    final Metrics metrics = new Metrics();
    final HealthChecks health = new HealthChecks();
    final Fakes.Bridges bridges = new Fakes.Bridges();
    final FakeJobs jobs = new FakeJobs();
    final Fakes.Runs runs = new Fakes.Runs();
    final FakeWebhooks webhooks = new FakeWebhooks();
    final FakeHistory history = new FakeHistory();
    final Fakes.Rpc rpc = new Fakes.Rpc();
    final Fakes.Logs logs = new Fakes.Logs();
    private static final WebServerConfig.Tls NO_TLS = new WebServerConfig.Tls(
            Optional.empty(), false, Optional.empty(), 0, Optional.empty(), InetAddress.getLoopbackAddress());

    final FakeSender sender = new FakeSender();
    private final Map<ChainId, Txm> managers = Map.of(ChainId.of(1337), sender);
    final TestDatabase postgres;
    final Accounts accounts;
    final AuditTrail audit;
    final Keystore keystore;

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final Database database;
    private final ApiGeneration generation;
    private WebServer server;

    private TestNode(Path folder, ApiGeneration generation) throws InterruptedException {
        this.generation = generation;
        postgres = TestDatabase.copyOf("web", template -> migrate(template, folder));
        database = open(postgres, folder);
        keystore = Keystore.open(database, Password.of("keystore-password-of-a-test"), ScryptCost.FAST, clock);
        accounts = new Accounts(database, clock);
        audit = new AuditTrail(database, clock, Optional.empty());
        accounts.ensureFirst(Optional.of(new ApiCredentials(ADMIN, ADMIN_PASSWORD)));
        server = WebServer.start(config(100_000, 100_000, false), services(), Optional.empty());
    }

    private static void migrate(TestDatabase template, Path folder) {
        try {
            open(template, folder).close();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Database open(TestDatabase server, Path folder) throws InterruptedException {
        return Database.open(DatabaseSettings.of(server.url(), folder), TimeSource.system(), reason -> {});
    }

    static TestNode start(Path folder) throws InterruptedException {
        return start(folder, ApiGeneration.V2_31);
    }

    /** With the names of an older Go node. */
    static TestNode start(Path folder, ApiGeneration generation) throws InterruptedException {
        return new TestNode(folder, generation);
    }

    /** Stops the server and starts another on the same database. */
    void restart(WebServerConfig config) {
        server.close();
        server = WebServer.start(config, services(), Optional.empty());
    }

    /** Stops the server and starts another, which speaks HTTPS too. */
    void restart(WebServerConfig config, ServerCertificate certificate) {
        server.close();
        server = WebServer.start(config, services(), Optional.of(certificate));
    }

    static WebServerConfig config(long perMinute, long loginsPer20Seconds, boolean secureCookies) {
        return config(perMinute, loginsPer20Seconds, secureCookies, 0, NO_TLS);
    }

    static WebServerConfig config(
            long perMinute, long loginsPer20Seconds, boolean secureCookies, int httpPort, WebServerConfig.Tls tls) {
        return new WebServerConfig(
                AuthenticationMethod.LOCAL,
                "http://localhost:3000,http://localhost:6688",
                Optional.empty(),
                Duration.ZERO,
                Duration.ofSeconds(10),
                httpPort,
                secureCookies,
                SESSION_TIMEOUT,
                Duration.ofDays(10),
                new FileSize(32768),
                Duration.ofSeconds(15),
                InetAddress.getLoopbackAddress(),
                new WebServerConfig.Mfa(Optional.empty(), Optional.empty()),
                new WebServerConfig.RateLimit(
                        perMinute, Duration.ofMinutes(1), loginsPer20Seconds, Duration.ofSeconds(20)),
                tls);
    }

    private WebServices services() {
        Logging logging = Logging.configure(
                new Logging.Settings(LogLevel.FATAL, false, false, false, "test", Optional.empty()), metrics);
        ChainAccess chain = new ChainAccess(
                ChainId.of(1337),
                rpc,
                new WebServices.RpcStatus(
                        generation == ApiGeneration.V2_15 ? Fakes::recordedEndpoints : Fakes::endpoints, Fakes::usage),
                logs,
                Optional.of(Address.fromHex("0x514910771AF9Ca656af840dff83E8264EcF986CA")),
                key -> new Wei(BigInteger.valueOf(1_000_000_000_000_000L)));
        return new WebServices(
                database,
                clock,
                accounts,
                audit,
                new WebServices.Telemetry(metrics, health, logging),
                new WebServices.About(
                        "0.1.0",
                        "0123456789abcdef0123456789abcdef01234567",
                        "A = 1\nB = 2\n",
                        "A = 1\n",
                        Fakes.chains(),
                        generation,
                        true,
                        "oracle-1"),
                new WebServices.Oracle(
                        keystore,
                        List.of(chain),
                        history,
                        bridges,
                        jobs,
                        runs,
                        new SendingRooms(managers, new Forwarders(database)),
                        new WebServices.Webhooks(true, new ExternalInitiators(database), webhooks)));
    }

    /** The address of a new key. */
    String newKey() {
        return keystore.eth().create(ChainId.of(1337)).address().toString();
    }

    RouteTable routes() {
        return server.routes();
    }

    String url() {
        return server.url();
    }

    /** Logs in and answers what to send as the header Cookie. */
    String login(String email, String password) throws Exception {
        HttpResponse<String> answer =
                call("POST", "/sessions", Map.of(), "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}");
        String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    String loginAdmin() throws Exception {
        return login(ADMIN, ADMIN_PASSWORD);
    }

    HttpResponse<String> get(String path, String cookie) throws Exception {
        return call("GET", path, cookie.isEmpty() ? Map.of() : Map.of("cookie", cookie), "");
    }

    HttpResponse<String> post(String path, String cookie, String body) throws Exception {
        return call("POST", path, Map.of("cookie", cookie), body);
    }

    HttpResponse<String> call(String method, String path, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path.replace(" ", "%20")))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    static String detail(HttpResponse<String> answer) {
        return json(answer).get("errors").get(0).get("detail").stringValue();
    }

    @Override
    public void close() {
        server.close();
        database.close();
        postgres.close();
    }
}
