package io.carabiner.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.ConfigSources;
import io.carabiner.crypto.Eip55;
import io.carabiner.crypto.Keccak256;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.database.ProgramVersion;
import io.carabiner.doctor.Finding.Verdict;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.FakeRpc;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A world in which all is well, and one in which one thing is broken for each thing that the doctor looks at. */
class DoctorTest {

    private static final Address KEY = Address.fromHex("0x00000000000000000000000000000000000000aa");
    private static final String OPERATOR = "0x00000000000000000000000000000000000000bb";

    @TempDir
    Path folder;

    private final SteppedClock clock = new SteppedClock();
    private final Map<String, String> answers = new HashMap<>(Map.of(
            "eth_chainId", "\"0x1092\"",
            "eth_getLogs", "[]",
            "eth_feeHistory", "{\"oldestBlock\":\"0x1\",\"baseFeePerGas\":[\"0x1\"]}",
            "eth_getBlockByNumber", newestBlock(),
            "eth_getBalance", "\"0xde0b6b3a7640000\"",
            "eth_getTransactionCount", "\"0x0\"",
            "eth_subscribe", "\"0x1\"",
            "eth_call", "\"0x" + "0".repeat(63) + "1\""));
    /** The database's clock and the blocks cannot be set: the machine's clock is set instead, for the doctor only. */
    private static final class SteppedClock implements TimeSource {

        private Duration ahead = Duration.ZERO;

        @Override
        public Instant now() {
            return TimeSource.system().now().plus(ahead);
        }

        @Override
        public long monotonicNanos() {
            return 0;
        }

        @Override
        public void sleep(Duration duration) {
            throw new IllegalStateException("the doctor waits for nothing");
        }
    }

    private static String newestBlock() {
        return "{\"number\":\"0x64\",\"timestamp\":\"0x"
                + Long.toHexString(TimeSource.system().now().getEpochSecond()) + "\"}";
    }

    private FakeRpc rpc;
    private TestDatabase database;
    private String config;
    private String secrets;

    @BeforeEach
    void makeAWorldInWhichAllIsWell() throws Exception {
        rpc = new FakeRpc().answering(this::answer);
        database = TestDatabase.copyOf("doctor", DoctorTest::prepare);
        database.execute(
                "ALTER DATABASE " + database.query("SELECT current_database()") + " SET synchronous_commit = on");
        Path root = Files.createDirectory(
                folder.resolve("root"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        config = """
                RootDir = '%s'
                Log.File.MaxSize = '0'
                [Database]
                MaxOpenConns = 10
                [Database.Backup]
                Mode = 'full'
                [WebServer]
                HTTPPort = %d
                ListenIP = '127.0.0.1'
                [[EVM]]
                ChainID = '4242'
                FinalityTagEnabled = true
                [EVM.GasEstimator]
                EIP1559DynamicFees = true
                [[EVM.Nodes]]
                Name = 'first'
                HTTPURL = '%s'
                WSURL = '%s'
                [[EVM.Nodes]]
                Name = 'second'
                HTTPURL = '%s/second'
                WSURL = '%s/second'
                """.formatted(root, freePort(), rpc.httpUri(), rpc.wsUri(), rpc.httpUri(), rpc.wsUri());
        secrets = """
                [Database]
                URL = '%s'
                [Password]
                Keystore = 'sixteen-characters-or-more'
                """.formatted(database.url());
    }

    @AfterEach
    void close() throws IOException {
        rpc.close();
        database.close();
    }

    /** The tables of the other rooms, as far as the doctor reads them. */
    private static void prepare(TestDatabase template) {
        try {
            Database.open(DatabaseSettings.of(template.url(), Path.of("/nowhere")), TimeSource.system(), reason -> {})
                    .close();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        template.execute("""
                CREATE TABLE carabiner.evm_key_states (address bytea, evm_chain_id numeric, disabled boolean);
                CREATE TABLE carabiner.jobs (id int, type text, toml text);
                CREATE TABLE carabiner.txes (evm_chain_id numeric, from_address bytea, nonce bigint);
                INSERT INTO carabiner.evm_key_states VALUES (decode('%s', 'hex'), 4242, false);
                INSERT INTO carabiner.jobs VALUES (7, 'directrequest', 'evmChainID = "4242"
                contractAddress = "%s"')""".formatted(KEY.toString().substring(2), OPERATOR));
    }

    private String answer(JsonNode call) {
        String method = call.path("method").asString("");
        return answers.getOrDefault(method, "error:{\"code\":-32601,\"message\":\"no " + method + "\"}");
    }

    @Test
    void whereAllIsWell_nothingIsToMend() {
        assertThat(look())
                .filteredOn(finding -> finding.verdict() != Verdict.OK)
                .filteredOn(finding -> !finding.subject().equals("speed"))
                .isEmpty();
        assertThat(look())
                .extracting(Finding::area)
                .contains("config", "database", "rpc", "keys", "jobs", "web", "disk", "clock");
    }

    @Test
    void aConfigurationWithAFault() {
        config += "Nonsense = true\n";
        assertThat(look()).singleElement().satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(finding.advice()).contains("Nonsense");
        });
    }

    @Test
    void keysThatDoNothing_fastScrypt_andNoPassword() {
        config = "InsecureFastScrypt = true\n" + config.replace("[Database]", "[Database]\nLogQueries = true");
        secrets = secrets.replaceAll("(?s)\\[Password].*", "");
        found(Verdict.WARN, "config", "", "these keys do nothing in this version: Database.LogQueries");
        found(Verdict.WARN, "config", "InsecureFastScrypt", "hardly protected");
        found(Verdict.WARN, "config", "Password.Keystore", "is not in the secrets");
    }

    @Test
    void aDatabaseThatIsNotThere() {
        secrets = secrets.replaceAll("/test_\\d+", "/nothere");
        assertThat(found(Verdict.FAIL, "database", "", "cannot be used").advice())
                .contains("has no database \"nothere\"");
    }

    @Test
    void tablesThatAreTooNew_orNotMadeYet() {
        database.execute("INSERT INTO carabiner.node_versions (version, oldest_version) VALUES ('0.9.0', '0.8.0')");
        found(Verdict.FAIL, "database", "tables", "used by version 0.9.0");
        database.execute("DROP SCHEMA carabiner CASCADE");
        found(Verdict.WARN, "database", "tables", "migrations are pending");
    }

    @Test
    void aUserWithoutRights_andTooFewConnections() {
        database.execute("DROP ROLE IF EXISTS poor; CREATE ROLE poor LOGIN PASSWORD 'sixteen-characters-or-more';"
                + " GRANT USAGE ON SCHEMA carabiner TO poor;"
                + " GRANT SELECT ON ALL TABLES IN SCHEMA carabiner TO poor");
        secrets = secrets.replaceFirst("//[^@]*@", "//poor:sixteen-characters-or-more@");
        config = config.replace("MaxOpenConns = 10", "MaxOpenConns = 100000");
        found(Verdict.FAIL, "database", "rights", "may not make its tables");
        found(Verdict.WARN, "database", "connections", "100000 wanted at most");
        database.execute("DROP OWNED BY poor; DROP ROLE poor");
    }

    @Test
    void aServerThatForgets() {
        database.execute(
                "ALTER DATABASE " + database.query("SELECT current_database()") + " SET synchronous_commit = off");
        found(Verdict.FAIL, "database", "durability", "synchronous_commit is off");
    }

    @Test
    void aClockThatIsAnHourAhead() {
        clock.ahead = Duration.ofHours(1);
        found(Verdict.WARN, "rpc", "chain 4242", "the newest block is 36");
        clock.ahead = Duration.ofHours(-1);
        found(Verdict.FAIL, "clock", "the blocks of chain 4242", "behind the clock of the blocks");
        assertThat(look())
                .anyMatch(finding -> finding.area().equals("clock")
                        && finding.subject().equals("the database")
                        && finding.verdict() == Verdict.FAIL);
    }

    @Test
    void theWrongChain_aSilentEndpoint_andASingleOne() throws IOException {
        answers.put("eth_chainId", "\"0x1\"");
        found(Verdict.FAIL, "rpc", "4242 first HTTPURL", "is on chain 0x1, not 4242");
        answers.remove("eth_chainId");
        found(Verdict.FAIL, "rpc", "4242 first HTTPURL", "is on chain ?, not 4242");
        config = config.substring(0, config.lastIndexOf("[[EVM.Nodes]]"));
        found(Verdict.WARN, "rpc", "chain 4242", "there is one endpoint only");
        rpc.close();
        assertThat(found(Verdict.FAIL, "rpc", "4242 first HTTPURL", "").advice())
                .startsWith("correct HTTPURL");
    }

    @Test
    void callsThatAnEndpointDoesNotKnow() {
        answers.remove("eth_getLogs");
        answers.remove("eth_feeHistory");
        answers.put("eth_getBlockByNumber", "null");
        found(Verdict.FAIL, "rpc", "4242 first HTTPURL", "events cannot be read (no eth_getLogs)");
        found(Verdict.FAIL, "rpc", "4242 first HTTPURL", "fees of EIP-1559 cannot be read");
        found(Verdict.FAIL, "rpc", "4242 first HTTPURL", "it does not know the finalized block");
        answers.remove("eth_subscribe");
        found(Verdict.FAIL, "rpc", "4242 first WSURL", "");
    }

    @Test
    void anEndpointThatLags() throws IOException {
        try (FakeRpc behind = new FakeRpc().answering(call -> {
            answers.put("eth_getBlockByNumber", "{\"number\":\"0x10\",\"timestamp\":\"0x1\"}");
            String answer = answer(call);
            answers.put("eth_getBlockByNumber", newestBlock());
            return answer;
        })) {
            config = config.replaceFirst("(?s)(Name = 'second'.*?HTTPURL = ')[^']*", "$1" + behind.httpUri() + "/");
            found(Verdict.WARN, "rpc", "4242 second", "84 blocks behind the best endpoint");
        }
    }

    @Test
    void aKeyWithoutMoney_withLittle_orUsedByOthers() {
        answers.put("eth_getBalance", "\"0x0\"");
        found(Verdict.FAIL, "keys", Eip55.format(KEY), "has 0 on chain 4242");
        answers.put("eth_getBalance", "\"0x2386f26fc0fff\"");
        found(Verdict.WARN, "keys", Eip55.format(KEY), "has 0.000624999999999");
        answers.put("eth_getTransactionCount", "\"0x9\"");
        database.execute("INSERT INTO carabiner.txes SELECT 4242, address, 4 FROM carabiner.evm_key_states");
        found(Verdict.WARN, "keys", Eip55.format(KEY), "the chain has 9 of its transactions, the node knows 5");
        database.execute("UPDATE carabiner.evm_key_states SET disabled = true");
        found(Verdict.FAIL, "keys", "chain 4242", "there is no key that may send");
    }

    @Test
    void aContractThatDoesNotKnowTheKey_orIsNone() {
        String job = "job 7 at " + OPERATOR;
        answers.put("eth_call", "\"0x" + "0".repeat(64) + "\"");
        found(Verdict.FAIL, "jobs", job, "none of this node's keys may answer there");
        answers.put("eth_call", "\"0x\"");
        found(Verdict.WARN, "jobs", job, "the contract does not say who may answer");
    }

    @Test
    void aPortThatIsTaken_andOneThatIsOpenToTheNetwork() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            config = config.replaceFirst("HTTPPort = \\d+", "HTTPPort = " + other.getLocalPort());
            found(Verdict.FAIL, "web", "port " + other.getLocalPort(), "another program has it");
        }
        config = config.replace("ListenIP = '127.0.0.1'", "ListenIP = '0.0.0.0'");
        found(Verdict.WARN, "web", "WebServer.ListenIP", "the API is open to the network");
    }

    @Test
    void aFolderForAll_noRoom_andAFileInItsPlace() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("root"), PosixFilePermissions.fromString("rwxr-xr-x"));
        found(Verdict.WARN, "disk", "RootDir", "can be read by other users");
        config = config.replace("Log.File.MaxSize = '0'", "Log.File.MaxSize = '900tb'");
        found(Verdict.WARN, "disk", "Log.File", "MB may be used");
        Files.writeString(folder.resolve("file"), "");
        config = config.replaceFirst("RootDir = '[^']*'", "RootDir = '" + folder.resolve("file") + "'");
        found(Verdict.FAIL, "disk", "RootDir", "cannot be written");
    }

    @Test
    void noBackups() {
        config = config.replace("Mode = 'full'", "Mode = 'none'");
        found(Verdict.WARN, "database", "backups", "this node makes none");
    }

    @Test
    void theLimitOfOpenFiles_isReadAsLinuxWritesIt() throws IOException {
        Path limits = folder.resolve("limits");
        Files.writeString(limits, """
                Limit                     Soft Limit           Hard Limit           Units
                Max open files            256                  524288               files
                """);
        assertThat(MachineCheckup.handleLimit(limits)).hasValue(256L);
        assertThat(MachineCheckup.handleLimit(folder.resolve("nothere"))).isEmpty();
    }

    @Test
    void whoMayAnswer_isAskedWithTheOperatorsOwnFunction() {
        assertThat(Keccak256.hashText("isAuthorizedSender(address)").toString()).startsWith("0xfa00763a");
    }

    private Finding found(Verdict verdict, String area, String subject, String what) {
        return look().stream()
                .filter(finding -> finding.verdict() == verdict
                        && finding.area().equals(area)
                        && finding.subject().startsWith(subject)
                        && finding.what().contains(what))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + verdict + " " + area + " " + subject + " " + what
                        + " in\n"
                        + String.join(
                                "\n", look().stream().map(Finding::toString).toList())));
    }

    private List<Finding> look() {
        try {
            Files.writeString(folder.resolve("config.toml"), config);
            Files.writeString(folder.resolve("secrets.toml"), secrets);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Doctor.look(
                ConfigSources.of(
                        List.of(folder.resolve("config.toml")), List.of(folder.resolve("secrets.toml")), Map.of()),
                ProgramVersion.parse("0.1.0"),
                clock);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
