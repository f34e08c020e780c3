package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.crypto.EthereumAddress;
import io.carabiner.crypto.PrivateKey;
import io.carabiner.crypto.Scrypt;
import io.carabiner.devnet.Login;
import io.carabiner.devnet.NodeFolder;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running node creates a key, signs with it, exports it, refuses files and passwords, and says all it can: no secret
 * is in its log, its thread dump, its metrics or its answers.
 */
class SecretsStayInsideTest {

    private static final String EXPORT_PASSWORD = "Canary-Export-Pass-11";
    private static final String WRONG_PASSWORD = "Canary-Wrong-Pass-22";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private String cookie = "";

    @Test
    void nothingThatANodeSays_holdsASecret() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder, "[Log]\nLevel = 'debug'\n")) {
            URI node = world.node().url();
            NodeFolder files = new NodeFolder(folder.resolve("node"));
            Login login = files.login();
            Map<String, String> said = new TreeMap<>();
            said.put("refused login", call(node, "POST", "/sessions", session(login.mail(), WRONG_PASSWORD)));
            said.put("login", call(node, "POST", "/sessions", session(login.mail(), login.password())));
            world.askTogether(1);
            world.awaitAllSettled();
            String address = world.nodeKey().toString();
            String exported =
                    call(node, "POST", "/v2/keys/evm/export/" + address + "?newpassword=" + EXPORT_PASSWORD, "");
            String importWith = "/v2/keys/evm/import?evmChainID=1337&oldpassword=";
            said.put("import with a wrong password", call(node, "POST", importWith + WRONG_PASSWORD, exported));
            said.put("import of a known key", call(node, "POST", importWith + EXPORT_PASSWORD, exported));
            said.put("import of junk", call(node, "POST", importWith + EXPORT_PASSWORD, "{\"version\":3}"));
            for (String path : List.of(
                    "/v2/config/v2",
                    "/v2/keys/evm",
                    "/v2/transactions/evm",
                    "/v2/pipeline/runs",
                    "/health",
                    "/metrics")) {
                said.put(path, call(node, "GET", path, ""));
            }
            world.node().signal("QUIT");
            world.node().awaitLog("Full thread dump");
            said.put("log and thread dump", world.node().log());

            Map<String, String> secrets = secrets(exported, files);
            assertThat(EthereumAddress.of(PrivateKey.of(HexFormat.of().parseHex(secrets.get("key in hex")))))
                    .as("the key that is looked for is the node's")
                    .isEqualTo(world.nodeKey());
            assertThat(said.get("log and thread dump")).contains("TXM_BROADCAST", "NODE_SIGNING_ENGINE");
            said.forEach((where, text) -> secrets.forEach(
                    (what, secret) -> assertThat(text).as(what + " in " + where).doesNotContainIgnoringCase(secret)));
        }
    }

    private static Map<String, String> secrets(String exported, NodeFolder files) throws Exception {
        byte[] key = decrypted(JsonMapper.shared().readTree(exported).get("crypto"));
        return Map.of(
                "key in hex", HexFormat.of().formatHex(key),
                "key in base64", Base64.getEncoder().withoutPadding().encodeToString(key),
                "key in decimal", new BigInteger(1, key).toString(),
                "password of the key store",
                        Files.readString(files.files().password()).strip(),
                "password of the API", files.login().password(),
                "password of the export", EXPORT_PASSWORD,
                "wrong password", WRONG_PASSWORD);
    }

    private static byte[] decrypted(JsonNode crypto) throws Exception {
        JsonNode cost = crypto.get("kdfparams");
        byte[] derived = Scrypt.derive(
                EXPORT_PASSWORD.getBytes(StandardCharsets.UTF_8),
                HexFormat.of().parseHex(cost.get("salt").stringValue()),
                cost.get("n").intValue(),
                cost.get("r").intValue(),
                cost.get("p").intValue(),
                32);
        Cipher aes = Cipher.getInstance("AES/CTR/NoPadding");
        byte[] start = HexFormat.of().parseHex(crypto.at("/cipherparams/iv").stringValue());
        aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(derived, 0, 16, "AES"), new IvParameterSpec(start));
        return aes.doFinal(HexFormat.of().parseHex(crypto.get("ciphertext").stringValue()));
    }

    private static String session(String mail, String password) {
        return JsonMapper.shared().writeValueAsString(Map.of("email", mail, "password", password));
    }

    private String call(URI node, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(node.resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("cookie", cookie)
                .header("content-type", "application/json")
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        answer.headers().firstValue("set-cookie").ifPresent(set -> cookie = set.replaceFirst(";.*", ""));
        return answer.body();
    }
}
