package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route of the Go node and every answer that was recorded of it is there and compared, or has its reason here.
 */
class CoverageTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private static final Map<String, String> ABSENT_ROUTES = Map.ofEntries(
            Map.entry("GET /assets/:file", "the interface of the Go node is not part of this program"),
            Map.entry("GET /v2/enroll_webauthn", "second factors are not there yet"),
            Map.entry("POST /v2/enroll_webauthn", "second factors are not there yet"),
            Map.entry("GET /oidc-enabled", "OIDC is not there yet"),
            Map.entry("GET /oidc-login", "OIDC is not there yet"),
            Map.entry("POST /oidc-exchange", "OIDC is not there yet"),
            Map.entry("GET /v2/keys/workflow", "workflows are not part of this node"),
            Map.entry("GET /v2/keys/dkgrecipient", "workflows are not part of this node"),
            Map.entry("POST /v2/execute_capability", "workflows are not part of this node"),
            Map.entry("GET /v2/keys/solana", "a network other than EVM"),
            Map.entry("GET /v2/keys/cosmos", "a network other than EVM"),
            Map.entry("GET /v2/keys/starknet", "a network other than EVM"),
            Map.entry("GET /v2/keys/aptos", "a network other than EVM"));

    /** Numbers of recorded answers that are compared, and by which test. */
    private static final List<Part> COMPARED = List.of(
            part("RecordedAnswersTest", 1, 1, 9, 24, 26, 32, 100, 117, 120, 178, 200, 249, 260, 278, 500, 500),
            part("RecordedAnswersTest", 577, 589, 613, 631, 704, 732, 738, 739, 743, 744, 807, 808, 813, 813),
            part("RecordedAnswersTest", 816, 830, 840, 857, 858, 874, 890, 905, 906, 921, 922, 928, 951, 954),
            part("HealthApiTest", 3, 5, 960, 962),
            part("RecordedKeysTest", 300, 300, 307, 312, 353, 413, 414, 415),
            part("EthKeysApiTest", 313, 317, 321, 322, 325, 326, 328, 328, 331, 337, 339, 341, 343, 346),
            part("ResourcesTest", 501, 501, 741, 741, 801, 801, 803, 803, 805, 805, 965, 965, 967, 967, 969, 970),
            part("ResourcesTest", 801, 801));

    /** What is not compared field by field, and why. */
    private static final List<Part> EXCUSED = List.of(
            part(
                    "the same checks in other circumstances: HealthApiTest has each form",
                    2,
                    2,
                    6,
                    8,
                    25,
                    25,
                    957,
                    957,
                    963,
                    963),
            part("second factors are not there yet", 179, 186),
            part(
                    "lists of what a recorded node had made before; the shapes are those of single keys",
                    301,
                    306,
                    319,
                    320),
            part(
                    "lists and single keys are compared above; these differ in amounts and times",
                    323,
                    324,
                    327,
                    327,
                    329,
                    330),
            part(
                    "the same with another role, compared for every route by RoleMatrixTest",
                    318,
                    318,
                    338,
                    338,
                    342,
                    342),
            part("ours finds the key in any case", 347, 347),
            part("the Go node's answers under its old name are broken; ours are those of /v2/keys/evm", 348, 352),
            part("a network other than EVM", 416, 419),
            part("answers about specs: the room of jobs compares what it reads and refuses", 502, 576, 590, 612),
            part(
                    "answers about runs that were made before: the shapes are compared by ResourcesTest",
                    700,
                    703,
                    733,
                    737,
                    740,
                    740,
                    742,
                    742),
            part(
                    "transactions that were made before: the shapes are compared by ResourcesTest",
                    800,
                    800,
                    802,
                    802,
                    804,
                    804,
                    806,
                    806),
            part("transfers that go through: TransactionCareApiTest", 809, 812, 814, 815, 831, 831),
            part("a job with errors: ResourcesTest", 950, 950),
            part(
                    "jobs and their changes: the room of jobs; lists: ResourcesTest",
                    582,
                    582,
                    585,
                    588,
                    617,
                    618,
                    620,
                    621),
            part("things in use: BridgeRoutes and InitiatorRoutes name all users; see differences.md", 625, 627),
            part("runs of jobs that were made before: shapes by ResourcesTest, starting by the room of jobs", 705, 731),
            part(
                    "a transfer that goes through, and what a negative amount did to a key: ours refuses it",
                    823,
                    823,
                    825,
                    828),
            part("limits of rates and sizes have tests of their own: DoorTest", 580, 582, 980, 983),
            part("the node at the end of the recording: shapes that are compared above", 955, 956, 961, 961, 964, 964),
            part("the node at the end of the recording: shapes that are compared above", 966, 966, 968, 968, 971, 975));

    /**
     * Some of the recorded answers.
     *
     * @param bounds first and last numbers by turns
     */
    private record Part(String by, List<Integer> bounds) {

        boolean has(int number) {
            for (int i = 0; i < bounds.size(); i += 2) {
                if (number >= bounds.get(i) && number <= bounds.get(i + 1)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Part part(String by, Integer... bounds) {
        return new Part(by, List.of(bounds));
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(GOLDEN.resolve(file)).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @Test
    void everyRecordedAnswer_isComparedOrHasAReason() throws IOException {
        List<String> forgotten = new ArrayList<>(lines("cases.txt"));
        forgotten.removeIf(name -> {
            int number = Integer.parseInt(name.substring(0, 3));
            boolean compared = COMPARED.stream().anyMatch(part -> part.has(number))
                    && Files.exists(GOLDEN.resolve("rest").resolve(name + ".json"));
            return compared || EXCUSED.stream().anyMatch(part -> part.has(number));
        });

        assertThat(lines("cases.txt")).hasSizeGreaterThan(500);
        assertThat(forgotten).isEmpty();
    }

    @Test
    void everyRouteOfTheGoNode_isThereForTheSameRole_orHasAReason(@TempDir Path folder) throws Exception {
        try (TestNode node = TestNode.start(folder)) {
            Map<String, String> wrong = new LinkedHashMap<>();
            for (String line : lines("routes.txt")) {
                List<String> words = Arrays.asList(line.split(" ", -1));
                String route = words.get(0) + " " + words.get(1);
                Optional<String> role = node.routes()
                        .find(words.get(0), List.of(words.get(1).split("/", -1)))
                        .map(match -> OpenApi.role(match.route().access()).split(" ", -1)[0]);
                boolean absent = ABSENT_ROUTES.containsKey(route);
                if (role.isPresent() == absent
                        || role.filter(words.get(2)::equals).isPresent() == absent) {
                    wrong.put(route, role.orElse("is missing"));
                }
            }
            assertThat(wrong).isEmpty();
        }
    }
}
