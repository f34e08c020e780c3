package io.carabiner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.abi.AbiDecoder;
import io.carabiner.abi.AbiText;
import io.carabiner.crypto.Keccak256;
import io.carabiner.crypto.Secp256k1;
import io.carabiner.crypto.Vrf;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.testkit.TestChain;
import io.carabiner.values.PipelineValue;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented jobs of the three coordinators; each answer is verified by the coordinators' own contract code. */
final class VrfTaskTest {

    private static final Hash32 BLOCK_HASH = Hash32.fromHex("0x" + "b1".repeat(32));
    private static final Hash32 KEY_HASH =
            Keccak256.hash(Secp256k1.publicKey(FakeEthereum.VRF_KEY).bytes());
    private static final String SENDER = "5b38da6a701c568545dcfcb03fcb875f56beddc4";
    private static final long BLOCK = 1_234_567;

    private static final String PARAMETERS = """
            publicKey="$(jobSpec.publicKey)" requestBlockHash="$(jobRun.logBlockHash)"
            requestBlockNumber="$(jobRun.logBlockNumber)" topics="$(jobRun.logTopics)"]
            log -> vrf
            """;
    private static final String V1 = """
            log [type=ethabidecodelog data="$(jobRun.logData)" topics="$(jobRun.logTopics)"
                 abi="RandomnessRequest(bytes32 keyHash,uint256 seed,bytes32 indexed jobID,address sender,uint256 fee,bytes32 requestID)"]
            vrf [type=vrf
            """ + PARAMETERS + """
            call [type=ethabiencode abi="fulfillRandomnessRequest(bytes proof)" data=<{"proof": $(vrf)}>]
            vrf -> call
            """;
    private static final String V2 = """
            log [type=ethabidecodelog data="$(jobRun.logData)" topics="$(jobRun.logTopics)"
                 abi="RandomWordsRequested(bytes32 indexed keyHash,uint256 requestId,uint256 preSeed,uint64 indexed subId,uint16 minimumRequestConfirmations,uint32 callbackGasLimit,uint32 numWords,address indexed sender)"]
            vrf [type=vrfv2
            """ + PARAMETERS;
    private static final String V2_PLUS = """
            log [type=ethabidecodelog data="$(jobRun.logData)" topics="$(jobRun.logTopics)"
                 abi="RandomWordsRequested(bytes32 indexed keyHash,uint256 requestId,uint256 preSeed,uint256 indexed subId,uint16 minimumRequestConfirmations,uint32 callbackGasLimit,uint32 numWords,bytes extraArgs,address indexed sender)"]
            vrf [type=vrfv2plus
            """ + PARAMETERS;

    private static final BigInteger SEED =
            new BigInteger("77134414723242246520332717536018735794426514244521954002798799849127623496871");
    private static final Hash32 OUTPUT = Vrf.prove(
                    FakeEthereum.VRF_KEY, Vrf.seed(Hash32.fromHex("0x" + word(SEED)), BLOCK_HASH))
            .output();

    private static TestChain chain;
    private static Address verifier;

    @BeforeAll
    static void deployVerifier() {
        chain = TestChain.start();
        Bytes code = TestChain.creationCode("RandomnessCheck").concat(BLOCK_HASH.bytes());
        verifier = chain.deploy(chain.accounts().getFirst(), code);
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    private static String word(BigInteger number) {
        return String.format("%064x", number);
    }

    private static String word(long number) {
        return word(BigInteger.valueOf(number));
    }

    private static Hash32 topic(String words) {
        return Hash32.fromHex("0x" + words);
    }

    private static Map<String, PipelineValue> variables(String data, List<Hash32> topics) {
        Map<String, PipelineValue> jobRun = Map.of(
                "logData", PipelineValue.bytes(Bytes.fromHex(data)),
                "logTopics", PipelineValue.hashes(topics),
                "logBlockHash", PipelineValue.hash(BLOCK_HASH),
                "logBlockNumber", PipelineValue.int64(BLOCK));
        Map<String, PipelineValue> values = new HashMap<>();
        // As a run's stored variables come back: hashes and bytes as text.
        values.put("jobRun", PipelineValue.fromJson(PipelineValue.map(jobRun).toJson()));
        values.put("jobSpec", publicKey(FakeEthereum.VRF_PUBLIC_KEY.toString()));
        return values;
    }

    private static PipelineValue publicKey(String text) {
        return PipelineValue.map(Map.of("publicKey", PipelineValue.text(text)));
    }

    private static Map<String, PipelineValue> v1() {
        String data = KEY_HASH.bytes().toBareHex() + word(SEED) + word(0) + word(100) + word(7);
        return variables(data, List.of(topic("01".repeat(32)), topic("02".repeat(32))));
    }

    private static Map<String, PipelineValue> v2() {
        String data = word(99) + word(SEED) + word(3) + word(100_000) + word(2);
        return variables(
                data, List.of(topic("01".repeat(32)), KEY_HASH, topic(word(5)), topic("00".repeat(12) + SENDER)));
    }

    private static Map<String, PipelineValue> v2Plus() {
        String data = word(0x1234) + word(SEED) + word(3) + word(100_000) + word(2) + word(192) + word(36) + "92fd1338"
                + word(1) + "00".repeat(28);
        return variables(
                data,
                List.of(topic("01".repeat(32)), KEY_HASH, topic("f0".repeat(32)), topic("00".repeat(12) + SENDER)));
    }

    private static PipelineValue result(String dot, Map<String, PipelineValue> variables) throws Exception {
        RunOutcome outcome = Runs.run(dot, new Variables(variables));
        assertThat(outcome.allErrors()).isEmpty();
        return PipelineValue.fromJson(outcome.outputsJson()) instanceof PipelineValue.Items items
                ? items.items().getFirst()
                : PipelineValue.none();
    }

    private static Map<String, PipelineValue> verified(PipelineValue calldata, String returns) {
        assertThat(calldata).isInstanceOf(PipelineValue.Text.class);
        Bytes call = Bytes.fromHex(((PipelineValue.Text) calldata).value());
        return AbiDecoder.decode(AbiText.arguments(returns, false), chain.read(verifier, call));
    }

    private static PipelineValue field(PipelineValue map, String name) {
        return ((PipelineValue.Fields) map).fields().getOrDefault(name, PipelineValue.none());
    }

    @Test
    void answersToTheFirstCoordinator_areAcceptedByItsContract() throws Exception {
        Map<String, PipelineValue> told = verified(result(V1, v1()), "bytes32 output, uint256 blockNum");
        assertThat(told.get("output").toJson()).contains(OUTPUT.bytes().toBareHex());
        assertThat(told.get("blockNum").toJson()).isEqualTo(String.valueOf(BLOCK));
    }

    @Test
    void answersToTheSecondCoordinator_areAcceptedByItsContract() throws Exception {
        PipelineValue answer = result(V2, v2());
        Map<String, PipelineValue> told = verified(field(answer, "output"), "bytes32 output, bytes commitment");
        assertThat(told.get("output").toJson()).contains(OUTPUT.bytes().toBareHex());
        assertThat(told.get("commitment").toJson())
                .isEqualTo("\"0x" + word(BLOCK) + word(5) + word(100_000) + word(2) + "00".repeat(12) + SENDER + "\"");
        assertThat(field(answer, "requestID")).isEqualTo(PipelineValue.text("0x63"));
        assertThat(field(answer, "requestCommitment").toJson())
                .containsIgnoringCase("\"NumWords\":2,\"Sender\":\"0x" + SENDER + "\",\"SubId\":5");
    }

    @Test
    void answersToTheThirdCoordinator_areAcceptedByItsContract_withTheExtraArguments() throws Exception {
        PipelineValue answer = result(V2_PLUS, v2Plus());
        Map<String, PipelineValue> told = verified(field(answer, "output"), "bytes32 output, bytes commitment");
        assertThat(told.get("output").toJson()).contains(OUTPUT.bytes().toBareHex());
        assertThat(told.get("commitment").toJson())
                .contains(word(BLOCK) + "f0".repeat(32) + word(100_000) + word(2) + "00".repeat(12) + SENDER)
                .contains(word(36) + "92fd1338" + word(1));
        assertThat(field(answer, "requestID")).isEqualTo(PipelineValue.text("0x1234"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8179800|invalid key hash 9f2353bde94264dbc3d554a94cceba2d7d2b4fdce4304d3e09a1fea9fbeb1528 expected c0a6c424ac7157ae408398df7e5f4552091a69125d5dfcb7b8c2659029395bdf",
                "0x1234|failed to create PublicKey from bytes wrong length for public key: 0x1234 of length 2",
                "0x000000000000000000000000000000000000000000000000000000000000000500|Failed to compute hash of public vrf key 0x000000000000000000000000000000000000000000000000000000000000000500",
            })
    void anotherKey_isAnError(String key, String wanted) throws Exception {
        for (Map.Entry<String, Map<String, PipelineValue>> job :
                Map.of(V1, v1(), V2, v2(), V2_PLUS, v2Plus()).entrySet()) {
            Map<String, PipelineValue> variables = job.getValue();
            variables.put("jobSpec", publicKey(key));
            RunOutcome outcome = Runs.run(job.getKey(), new Variables(variables));
            assertThat(outcome.allErrors()).contains(wanted);
        }
    }

    @Test
    void aKeyThatTheNodeDoesNotHave_isAnError_inTheKeystoresWords() throws Exception {
        String stranger = "0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8179800";
        Hash32 hash = Keccak256.hash(Vrf.publicKey(Bytes.fromHex(stranger)).bytes());
        Map<String, PipelineValue> variables = variables(
                word(99) + word(SEED) + word(3) + word(100_000) + word(2),
                List.of(topic("01".repeat(32)), hash, topic(word(5)), topic("00".repeat(12) + SENDER)));
        variables.put("jobSpec", publicKey(stranger));
        assertThat(Runs.run(V2, new Variables(variables)).allErrors())
                .contains("unable to find VRF key with id " + stranger);
    }

    @Test
    void aRequestForAnotherJob_isAnError() throws Exception {
        String dot = V1.replace("topics=\"$(jobRun.logTopics)\"]\nlog -> vrf", "topics=\"$(other)\"]\nlog -> vrf");
        Map<String, PipelineValue> variables = v1();
        variables.put("other", PipelineValue.hashes(List.of(topic("03".repeat(32)))));
        assertThat(Runs.run(dot, new Variables(variables)).allErrors())
                .anyMatch(error ->
                        error.startsWith("request jobID [2 2 2") && error.contains("doesn't match expected [3 3"));
    }

    @Test
    void aBlockHashOfAnotherLength_isAnError() throws Exception {
        String dot = V2.replace("$(jobRun.logBlockHash)", "$(jobRun.logData)");
        assertThat(Runs.run(dot, new Variables(v2())).allErrors()).contains("invalid BlockHash length 160 expected 32");
    }

    @ParameterizedTest
    @CsvSource({
        "requestId,requestId",
        "subId,subId",
        "callbackGasLimit,callbackGasLimit",
        "numWords,numWords",
        "sender,sender",
        "preSeed,preSeed",
        "keyHash,keyHash"
    })
    void valuesThatTheLogDoesNotHave_areNamed(String field, String label) throws Exception {
        String dot = V2.replaceFirst("(\\W)" + field + "([,)])", "$1other$2");
        assertThat(Runs.run(dot, new Variables(v2())).allErrors())
                .contains("invalid " + label + ": bad input for task");
    }
}
