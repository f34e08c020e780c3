package io.carabiner.fluxmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobSpecException;
import io.carabiner.jobs.JobSpecException.Kind;
import io.carabiner.testkit.TestChain;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Specs posted to a Go node 2.15, with its answers, against a node with the same chain and bridges. */
class RecordedSpecsTest {

    /** Code of the recording's stand-in contract: answers 42 to everything. */
    private static final String ANSWERS_42 = "0x602a60005260206000f3";

    private static final String STAND_IN = "0x000000000000000000000000000000000000d001";

    /** What is refused in other words, and why. */
    private static final Map<String, String> OTHER_WORDS = Map.of(
            "minimal",
                    "idleTimerPeriod must be more than 0 while the timer is enabled: set it, or set idleTimerDisabled = true",
            "poll period missing",
                    "pollTimerPeriod must be more than 0 while the timer is enabled: set it, or set pollTimerDisabled = true");

    @TempDir
    static Path folder;

    private static @Nullable TestChain chain;
    private static @Nullable TestDatabase server;
    private static @Nullable TestNode started;
    private static final PricePage PAGE = new PricePage();

    @BeforeAll
    static void start() throws Exception {
        TestChain anvil = TestChain.start();
        chain = anvil;
        anvil.call("anvil_setCode", STAND_IN, ANSWERS_42);
        TestDatabase database = TestDatabase.create();
        server = database;
        started = new TestNode(folder, database, anvil, PAGE, Optional.empty(), Duration.ofSeconds(15), false);
    }

    @AfterAll
    static void end() {
        node().close();
        if (server != null) {
            server.close();
        }
        if (chain != null) {
            chain.close();
        }
        PAGE.close();
    }

    private static TestNode node() {
        TestNode node = started;
        if (node == null) {
            throw new IllegalStateException("no node");
        }
        return node;
    }

    private static JsonNode golden(String name) {
        try (InputStream in = RecordedSpecsTest.class.getResourceAsStream("/golden/" + name)) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Iterable<JsonNode> recorded() {
        return golden("jobspecs-fluxmonitor.json");
    }

    private static JobSpecException refusal(String toml) {
        return catchThrowableOfType(JobSpecException.class, () -> node().jobs().create(toml));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recorded")
    void aSpec_isTakenOrRefused_asTheGoNodeDoes(JsonNode entry) {
        String toml = entry.get("toml").asString();
        String name = entry.get("name").asString();
        if (entry.get("status").asInt() == 200) {
            Job job = node().jobs().create(toml);
            JsonNode wanted = entry.at("/body/data/attributes/fluxMonitorSpec");
            assertThat(shown(job)).isEqualTo(wanted);
            assertThat(node().jobs().delete(job.id())).isTrue();
            return;
        }
        String recorded = entry.at("/body/errors/0/detail").asString().replace("job: $ID:", "job:");
        JobSpecException refusal = refusal(toml);
        assertThat(refusal.getMessage()).isEqualTo(OTHER_WORDS.getOrDefault(name, recorded));
        if (!OTHER_WORDS.containsKey(name) && !name.equals("no chain")) {
            assertThat(status(refusal.kind())).isEqualTo(entry.get("status").asInt());
        }
        assertThat(node().jobs().list(0, 10).total())
                .as("stored though refused")
                .isZero();
    }

    private static int status(Kind kind) {
        return switch (kind) {
            case UNREADABLE -> 422;
            case INVALID -> 400;
            case DOES_NOT_FIT -> 500;
            case NOT_SUPPORTED -> 501;
        };
    }

    /** The job's own fields, with the recording's stand-ins for times and the address in one form of letters. */
    private static JsonNode shown(Job job) {
        Map<String, Object> fields = new LinkedHashMap<>();
        job.spec().attributes(job.createdAt()).forEach((key, value) -> fields.put(key, plain(value)));
        return JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(fields));
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Instant) {
            return "$TIME";
        }
        if (value instanceof BigDecimal number && number.scale() <= 0) {
            return number.intValueExact();
        }
        return value;
    }

    @Test
    void theRecordedJob_isShownAsTheGoNodeShowsIt() {
        JsonNode golden = golden("flux-job.json");
        String contract = golden.at("/fluxMonitorSpec/contractAddress").asString();
        if (chain != null) {
            chain.call("anvil_setCode", contract, ANSWERS_42);
        }
        Job job = node().jobs().create(golden.get("toml").asString().replace("bridge-ok", "ok"));
        JsonNode shown = shown(job);
        golden.get("fluxMonitorSpec").properties().stream()
                .filter(field -> !field.getKey().endsWith("At"))
                .forEach(field ->
                        assertThat(shown.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue()));
        assertThat(shown.propertyNames())
                .containsExactlyElementsOf(golden.get("fluxMonitorSpec").propertyNames());
        node().jobs().delete(job.id());
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            threshold           | "x"      | (7, 1): unmarshal text: strconv.ParseFloat: parsing "x": invalid syntax
            threshold           | "NaN"    | (7, 1): unmarshal text: strconv.ParseFloat: parsing "NaN": invalid syntax
            threshold           | 1e99     | (7, 1): unmarshal text: strconv.ParseFloat: parsing "1.0E99": value out of range
            threshold           | true     | (7, 1): unmarshal text: strconv.ParseFloat: parsing "true": invalid syntax
            pollTimerDisabled   | "yes"    | (7, 1): Can't convert yes(string) to bool
            drumbeatRandomDelay | "-1s"    | (7, 1): drumbeatRandomDelay must not be negative
            drumbeatRandomDelay | 1.5      | (7, 1): Can't convert 1.5(float64) to time.Duration
            """)
    void aBadValue_isRefusedWithItsPlace(String key, String value, String message) {
        assertThat(refusal(spec(key + " = " + value)).getMessage()).contains(message);
    }

    private static String spec(String line) {
        return """
                type = "fluxmonitor"
                schemaVersion = 1
                evmChainID = 1337
                contractAddress = "%s"
                idleTimerPeriod = "1h"
                pollTimerPeriod = "1m"
                %s
                observationSource = "a [type=bridge name=price]"
                """.formatted(STAND_IN, line);
    }

    @Test
    void allFaults_areListedAtOnce() {
        assertThat(refusal(spec("threshold = \"x\"\nminPayment = \"y\"\ndrumbeatEnabled = true"))
                        .getMessage())
                .contains("ParseFloat", "cannot unmarshal \"y\"", "idle timer must be disabled", "CRON_TZ");
    }

    @Test
    void aPollTimerFasterThanHttp_isRefusedBeforeItIsStored() {
        assertThat(refusal(spec("").replace("\"1m\"", "\"1ms\"")).getMessage())
                .isEqualTo("failed to create services for job: PollTimerPeriod (1ms), must be equal or greater than"
                        + " JobPipeline.HTTPRequest.DefaultTimeout (15s) ");
    }

    @Test
    void aPlainNumber_isNanoseconds() {
        Job job = node().jobs().create(spec("drumbeatRandomDelay = 2000000000"));
        assertThat(shown(job).get("drumbeatRandomDelay").asString()).isEqualTo("2s");
        node().jobs().delete(job.id());
    }
}
