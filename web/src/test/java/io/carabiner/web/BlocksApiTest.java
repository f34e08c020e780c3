package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.evm.StoredBlock;
import io.carabiner.primitives.Hash32;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading blocks again and the newest common block, in the words of both versions of the Go node. */
@TestInstance(Lifecycle.PER_CLASS)
class BlocksApiTest {

    private TestNode node;
    private String cookie;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
        cookie = node.loginAdmin();
    }

    @BeforeEach
    void forget() {
        node.logs.replayedFrom = -1;
        node.logs.common = Optional.empty();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {906, 907, 911, 912, 913, 914, 915})
    void replay_isAnsweredAsByTheGoNode(int number) throws Exception {
        Recorded recorded = Recorded.number(number);

        HttpResponse<String> answer = node.post(recorded.path(), cookie, "");

        assertThat(answer.statusCode()).isEqualTo(recorded.status());
        assertThat(answer.body()).isEqualTo(recorded.answer());
        boolean started = recorded.status() == 200;
        assertThat(node.logs.replayedFrom).isEqualTo(started ? (number == 915 ? 99_999_999 : 1) : -1);
    }

    /** As recorded from 2.31, but for the last two: the only chain need not be named, as for keys. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1?family=evm&ChainID=1337|200|ChainID",
                "7?family=evm&ChainID=1337&force=true|200|ChainID",
                "1?family=evm&ChainID=999|500|chain id does not exist: 999",
                "1?ChainID=1337|422|chain family was not provided",
                "1?family=solana&ChainID=1|422|chain family solana is not known, only evm",
                "99999999999999999999?evmChainID=1337|422|value out of range",
                "5|200|evmChainID",
                "5?family=evm|200|ChainID"
            })
    void replay_isToldInTheWordsItWasAskedIn(String path, int status, String words) throws Exception {
        HttpResponse<String> answer = node.post("/v2/replay_from_block/" + path, cookie, "");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
        assertThat(node.logs.replayedFrom >= 0).isEqualTo(status == 200);
    }

    @Test
    void commonBlock_isShownAsByTheGoNode() throws Exception {
        Hash32 hash = Hash32.fromHex("cf247074970144412784263950850aa39f29cf8fb3adb106ba926d7fbf64b08f");
        node.logs.common = Optional.of(new StoredBlock(811, hash));

        assertThat(node.get("/v2/find_lca?evmChainID=1337", cookie).body())
                .isEqualTo("{\"data\":{\"type\":\"lca_response\",\"id\":\"LCAResponseID\",\"attributes\":{"
                        + "\"blockNumber\":811,\"hash\":\"" + hash + "\",\"evmChainID\":\"1337\"}}}");
    }

    @Test
    void withoutACommonBlock_theAnswerSaysSo() throws Exception {
        HttpResponse<String> answer = node.get("/v2/find_lca?evmChainID=1337", cookie);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("no stored block is on chain 1337");
    }

    @ParameterizedTest
    @ValueSource(ints = {919, 920})
    void commonBlockOfNoChain_isRefusedAsByTheGoNode(int number) throws Exception {
        Recorded recorded = Recorded.number(number);

        HttpResponse<String> answer = node.get(recorded.path(), cookie);

        assertThat(answer.statusCode()).isEqualTo(recorded.status());
        assertThat(answer.body()).isEqualTo(recorded.answer());
    }
}
