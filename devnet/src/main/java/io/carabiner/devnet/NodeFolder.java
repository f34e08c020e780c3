package io.carabiner.devnet;

import io.carabiner.crypto.Eip55;
import io.carabiner.localservers.PrivateFiles;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * The files the node of a development network is started with. The passwords are made once; the rest is written at
 * every start, since ports may change.
 *
 * @param folder the node's own
 */
public record NodeFolder(Path folder) {

    private static final String MAIL = "devnet@carabiner.local";
    private static final int PASSWORD_BYTES = 12;

    /** Where the node finds what it needs. */
    public record Places(
            int httpPort, String databaseUrl, ChainId chainId, URI chainHttp, URI chainWs, Address linkToken) {}

    /** Writes what a start needs; passwords that are there stay. */
    public NodeFiles write(Places places) {
        PrivateFiles.makeFolder(folder);
        NodeFiles files = files();
        PrivateFiles.replace(files.config(), config(places));
        PrivateFiles.replace(files.secrets(), "[Database]\nURL = " + quoted(places.databaseUrl()) + "\n");
        if (!Files.exists(files.password())) {
            PrivateFiles.replace(files.password(), password() + "\n");
        }
        if (!Files.exists(files.apiCredentials())) {
            PrivateFiles.replace(files.apiCredentials(), MAIL + "\n" + password() + "\n");
        }
        return files;
    }

    /** Where the files are. */
    public NodeFiles files() {
        return new NodeFiles(
                folder.resolve("config.toml"),
                folder.resolve("secrets.toml"),
                folder.resolve("password"),
                folder.resolve("api"),
                folder.resolve("node.log"));
    }

    /** What was made at the first {@link #write}. */
    public Login login() {
        try {
            List<String> lines = Files.readAllLines(files().apiCredentials());
            return new Login(lines.get(0), lines.get(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documented job that fetches a number and answers with it, for this Operator. */
    public static String job(UUID externalJobId, Address operator, ChainId chainId) {
        return job(externalJobId, operator, chainId, "");
    }

    /** As {@link #job(UUID, Address, ChainId)}, answered from one key, whatever others the node gets. */
    static String job(UUID externalJobId, Address operator, ChainId chainId, Address key) {
        return job(externalJobId, operator, chainId, "from=\"[\\\\\"" + Eip55.format(key) + "\\\\\"]\" ");
    }

    private static String job(UUID externalJobId, Address operator, ChainId chainId, String from) {
        return template("job.toml")
                .replace("{externalJobID}", externalJobId.toString())
                .replace("{operator}", Eip55.format(operator))
                .replace("{chainID}", chainId.toString())
                .replace("{from}", from);
    }

    private String config(Places places) {
        return template("config.toml")
                .replace("{rootDir}", quoted(folder.toString()))
                .replace("{httpPort}", Integer.toString(places.httpPort()))
                .replace("{chainID}", places.chainId().toString())
                .replace("{linkToken}", Eip55.format(places.linkToken()))
                .replace("{chainHttp}", places.chainHttp().toString())
                .replace("{chainWs}", places.chainWs().toString());
    }

    private static String template(String name) {
        try (InputStream resource = NodeFolder.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is not in the program");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A TOML basic string. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String password() {
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}
