package io.carabiner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.carabiner.jobs.JobSpecException.Kind;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JobSpecParserTest {

    private static final String OPERATOR = "0x613a38AC1659769640aaE063C651F48E0250454C";

    private static final JobSpecParser PARSER =
            new JobSpecParser(new JobTypes(List.of(new DirectRequestType(Set.of(), chain -> Optional.empty()))));

    /** What we say otherwise than the Go node, or at another moment, and why. */
    private static final Map<String, String> DELIBERATE = Map.of(
            "chain unknown",
                    "accepted here: only the node knows its chains; Jobs.create refuses it before it is stored",
            "chain 0", "accepted here: only the node knows its chains; Jobs.create refuses it before it is stored",
            "no chain", "refused together with the other faults",
            "chain negative", "refused here: no chain has a negative id");

    static Stream<JsonNode> recordedDirectRequests() throws IOException {
        return recorded("/golden/jobspecs-directrequest.json");
    }

    static Stream<JsonNode> recordedOfNoType() throws IOException {
        return recorded("/golden/jobspecs-common.json").filter(entry -> entry.has("toml"));
    }

    private static Stream<JsonNode> recorded(String resource) throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        try (InputStream in = JobSpecParserTest.class.getResourceAsStream(resource)) {
            JsonMapper.shared().readTree(in).forEach(cases::add);
        }
        return cases.stream();
    }

    private static String toml(JsonNode entry) {
        return entry.get("toml")
                .asString()
                .replace("$OPERATOR_LOWER", OPERATOR.toLowerCase(Locale.ROOT))
                .replace("$OPERATOR", OPERATOR);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordedDirectRequests")
    void aDirectRequestSpec_isTakenOrRefusedAsTheGoNodeDoes(JsonNode entry) {
        String name = entry.get("name").asString();
        if (DELIBERATE.containsKey(name)) {
            return;
        }
        if (entry.get("status").asInt() == 200) {
            assertThat(PARSER.parse(toml(entry))).isInstanceOf(DirectRequestSpec.class);
        } else {
            assertThat(refusal(toml(entry)).getMessage()).isEqualTo(expectedDetail(entry));
            assertThat(refusal(toml(entry)).kind()).isEqualTo(Kind.INVALID);
        }
    }

    private static String expectedDetail(JsonNode entry) {
        String detail = entry.get("body").get("errors").get(0).get("detail").asString();
        return detail.replace("$OPERATOR_LOWER", OPERATOR.toLowerCase(Locale.ROOT));
    }

    private static JobSpecException refusal(String toml) {
        JobSpecException refusal = catchThrowableOfType(JobSpecException.class, () -> PARSER.parse(toml));
        assertThat(refusal).as("the spec was taken: %s", toml).isNotNull();
        return refusal;
    }

    /** The TOML library words its own faults; all else is the Go node's text. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("recordedOfNoType")
    void aSpecOfNoType_isRefused(JsonNode entry) {
        if (entry.get("toml").asString().contains("type = \"cron\"")
                && !toml(entry).contains("\"cron\nsch")) {
            assertThat(refusal(toml(entry))).isNotNull();
            return;
        }
        JobSpecException refusal = refusal(toml(entry));
        String type = entry.get("name").asString();
        switch (type) {
            case "not toml", "missing quote", "key twice" ->
                assertThat(refusal.getMessage()).startsWith("failed to parse TOML: (");
            case "legacy gas station server",
                    "legacy gas station sidecar",
                    "empty",
                    "only a comment",
                    "no type",
                    "type a number",
                    "unknown type",
                    "type in capitals",
                    "type empty",
                    "v1 type runlog",
                    "functions is no job type" ->
                assertThat(refusal.getMessage()).isEqualTo(expectedDetail(entry));
            default -> assertThat(refusal.kind()).isEqualTo(Kind.NOT_SUPPORTED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cron",
                "webhook",
                "fluxmonitor",
                "offchainreporting",
                "offchainreporting2",
                "keeper",
                "vrf",
                "bootstrap",
                "blockhashstore",
                "blockheaderfeeder",
                "gateway",
                "stream",
                "workflow",
                "standardcapabilities",
                "ccip"
            })
    void aKnownTypeThatDoesNotRunYet_isRefusedByName(String type) {
        JobSpecException refusal = refusal("type = \"" + type + "\"\nschemaVersion = 1\n");
        assertThat(refusal.kind()).isEqualTo(Kind.NOT_SUPPORTED);
        assertThat(refusal)
                .hasMessage("jobs of type " + type
                        + " are not supported by this version of Carabiner yet: it runs directrequest");
    }

    private static final String FULL = """
            type = "directrequest"
            schemaVersion = 1
            name = "get uint256"
            externalJobID = "A5AC14E8-7629-4726-B1F1-1AE053FC829E"
            gasLimit = 600000
            maxTaskDuration = "1m30s"
            forwardingAllowed = true
            contractAddress = "0x613a38AC1659769640aaE063C651F48E0250454C"
            evmChainID = "0x539"
            minIncomingConfirmations = 3
            minContractPaymentLinkJuels = "0.5 link"
            requesters = ["0xaaaa1f8ee20f5565510b84f9353f1e333e753b7a"]
            observationSource = \"""
              a [type=memo value=1]
            \"""
            """;

    @Test
    void everyKeyOfASpec_isRead() {
        DirectRequestSpec spec = (DirectRequestSpec) PARSER.parse(FULL);
        assertThat(spec.header().name()).hasValue("get uint256");
        assertThat(spec.header().externalJobId()).isEqualTo(UUID.fromString("a5ac14e8-7629-4726-b1f1-1ae053fc829e"));
        assertThat(spec.header().gasLimit()).hasValue(600_000);
        assertThat(spec.header().maxTaskDuration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(spec.header().forwardingAllowed()).isTrue();
        assertThat(spec.contractAddress()).isEqualTo(Address.fromHex(OPERATOR));
        assertThat(spec.evmChainId()).isEqualTo(ChainId.of(1337));
        assertThat(spec.minIncomingConfirmations()).hasValue(3);
        assertThat(spec.minContractPaymentLinkJuels()).hasValue(new BigInteger("500000000000000000"));
        assertThat(spec.requesters()).containsExactly(Address.fromHex("0xaaaa1f8ee20f5565510b84f9353f1e333e753b7a"));
        assertThat(spec.header().pipeline().tasks()).hasSize(1);
    }

    @Test
    void allFaultsOfASpec_areListedAtOnceWithTheirPlaces() {
        JobSpecException refusal = refusal("""
                type = "directrequest"
                schemaVersion = 2
                externalJobID = "nonsense"
                contractAddress = "0x1234"
                evmChainID = "abc"
                observationSource = ""
                """);
        assertThat(refusal.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(refusal.faults())
                .extracting(SpecFault::line, SpecFault::column, SpecFault::message)
                .containsExactlyInAnyOrder(
                        tuple(2, 1, "invalid schema version"),
                        tuple(3, 1, "(3, 1): unmarshal text: invalid UUID length: 8"),
                        tuple(4, 1, "(4, 1): unmarshal text: \"0x1234\" is not a valid EIP55 formatted address"),
                        tuple(5, 1, "(5, 1): unmarshal text: unable to convert abc to Big"),
                        tuple(6, 1, "(6, 1): unmarshal text: empty pipeline"));
    }

    @Test
    void aFaultInTheTaskGraph_hasItsLineInTheSpec() {
        JobSpecException refusal = refusal(FULL.replace("type=memo value=1", "type=fly"));
        assertThat(refusal.faults()).hasSize(1);
        assertThat(refusal.faults().getFirst().line()).isEqualTo(14);
        assertThat(refusal.getMessage())
                .startsWith(
                        "failed to parse TOML: (13, 1): unmarshal text: UnmarshalTaskFromMap: unknown task type: \"fly\"");
    }

    @Test
    void withoutExternalJobId_oneIsDrawn() {
        String without = FULL.replaceFirst("externalJobID = .*\n", "");
        assertThat(PARSER.parse(without).header().externalJobId())
                .isNotEqualTo(PARSER.parse(without).header().externalJobId());
    }

    @Test
    void anUnknownKey_isNoFault() {
        assertThatCode(() -> PARSER.parse("unknownKey = 5\n" + FULL)).doesNotThrowAnyException();
    }
}
