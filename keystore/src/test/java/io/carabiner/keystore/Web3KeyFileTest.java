package io.carabiner.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.crypto.Eip55;
import io.carabiner.crypto.EthereumAddress;
import io.carabiner.crypto.PrivateKey;
import io.carabiner.primitives.Address;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against files and answers of a Go node, and the vectors of the Web3 Secret Storage Definition. */
class Web3KeyFileTest {

    private static final String VECTOR_KEY = "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d";

    @ParameterizedTest
    @ValueSource(strings = {"fast", "standard"})
    void recordedExport_opensWithItsPassword(String cost) {
        JsonNode golden = Golden.read("export-eth-" + cost + ".json");

        PrivateKey key = Web3KeyFile.read(
                golden.path("export").toString(),
                Password.of(golden.path("password").asString()));

        assertThat(Eip55.format(EthereumAddress.of(key)))
                .isEqualTo(golden.path("id").asString());
    }

    static Stream<Named<JsonNode>> refusedImports() {
        return Golden.read("imports-eth.json")
                .valueStream()
                .filter(c -> c.path("status").asInt() == 500)
                .map(c -> Named.of(c.path("case").asString(), c));
    }

    @ParameterizedTest
    @MethodSource("refusedImports")
    void recordedRefusal_hasTheGoNodesWords(JsonNode golden) {
        JsonNode sent = golden.path("sent");
        String file = sent.isString() ? sent.asString() : sent.toString();

        assertThatThrownBy(() -> Web3KeyFile.read(
                        file, Password.of(golden.path("password").asString())))
                .isInstanceOf(KeystoreException.class)
                .hasMessage(golden.at("/body/errors/0/detail").asString())
                .extracting("reason")
                .isEqualTo(KeystoreException.Reason.KEY_FILE_REFUSED);
    }

    @Test
    void writtenFile_hasTheShapeOfTheGoNodes_andOpensAgain() {
        JsonNode golden = Golden.read("export-eth-fast.json");
        Address address = Eip55.parse(golden.path("id").asString());
        PrivateKey key = Web3KeyFile.read(
                golden.path("export").toString(),
                Password.of(golden.path("password").asString()));

        String file = Web3KeyFile.write(address, key, Password.of("another, with ümläuts"), ScryptCost.FAST);

        JsonNode written = JsonMapper.shared().readTree(file);
        JsonNode recorded = golden.path("export");
        assertThat(written.propertyNames()).containsExactlyElementsOf(recorded.propertyNames());
        assertThat(written.path("crypto").propertyNames())
                .containsExactlyElementsOf(recorded.path("crypto").propertyNames());
        assertThat(written.path("address")).isEqualTo(recorded.path("address"));
        assertThat(written.path("id")).isEqualTo(recorded.path("id"));
        assertThat(written.path("version")).isEqualTo(recorded.path("version"));
        assertThat(written.at("/crypto/kdfparams/n")).isEqualTo(recorded.at("/crypto/kdfparams/n"));
        assertThat(EthereumAddress.of(Web3KeyFile.read(file, Password.of("another, with ümläuts"))))
                .isEqualTo(address);
    }

    @Test
    void publishedPbkdf2Vector_opens() {
        String file = """
                {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
                "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46","kdf":"pbkdf2",
                "kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
                "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
                "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
                "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}""";

        assertThat(EthereumAddress.of(Web3KeyFile.read(file, Password.of("testpassword"))))
                .isEqualTo(EthereumAddress.of(PrivateKey.fromHex(VECTOR_KEY)));
    }

    @Test
    void publishedScryptVector_opens_alsoWithCapitalMemberNames() {
        String file = """
                {"Crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"83dbcc02d8ccb40e466191a123791e0e"},
                "ciphertext":"d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c","kdf":"scrypt",
                "kdfparams":{"dklen":32,"n":262144,"r":1,"p":8,
                "salt":"ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19"},
                "mac":"2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097"},
                "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","Version":3}""";

        assertThat(EthereumAddress.of(Web3KeyFile.read(file, Password.of("testpassword"))))
                .isEqualTo(EthereumAddress.of(PrivateKey.fromHex(VECTOR_KEY)));
    }

    @Test
    void fileThatWantsTooMuchMemory_isRefusedAtOnce() {
        String file =
                Golden.read("export-eth-fast.json").path("export").toString().replace("\"n\":2", "\"n\":1073741824");

        assertThatThrownBy(() -> Web3KeyFile.read(file, Password.of("x")))
                .hasMessageContaining("scrypt parameters n=1073741824, r=8, p=1 are not supported");
    }
}
