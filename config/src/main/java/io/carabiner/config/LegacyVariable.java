package io.carabiner.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * One variable by which version 1 of the Go node was configured (1.13, core/config/envvar/schema.go, and those of
 * earlier versions that old files still hold).
 */
record LegacyVariable(String name, Use use) {

    private static final String TABLE = "legacy-keys.tsv";

    /** What became of it. */
    sealed interface Use {

        /** A key of the configuration. */
        record Key(String path) implements Use {}

        /** A key of the secrets. */
        record SecretKey(String path) implements Use {}

        /** A key of every chain. */
        record ChainKey(String path) implements Use {}

        /** A chain or an endpoint; {@link LegacyChains} puts them together. */
        record Endpoint() implements Use {}

        /** Read by commands, not by the node. */
        record Client() implements Use {}

        /** Nothing reads it any more; the reason says what to do instead. */
        record Gone(String reason) implements Use {}
    }

    /** All of them; where two mean the same key, the later one wins. */
    static List<LegacyVariable> all() {
        try (InputStream stream =
                Objects.requireNonNull(LegacyVariable.class.getResourceAsStream(TABLE), TABLE + " is not packaged")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(LegacyVariable::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(TABLE + " cannot be read", e);
        }
    }

    private static LegacyVariable read(String line) {
        String[] columns = line.split("\t", -1);
        String target = columns.length > 2 ? columns[2] : "";
        return new LegacyVariable(
                columns[0],
                switch (columns[1]) {
                    case "key" -> new Use.Key(target);
                    case "secret" -> new Use.SecretKey(target);
                    case "chain" -> new Use.ChainKey(target);
                    case "node" -> new Use.Endpoint();
                    case "client" -> new Use.Client();
                    case "gone" -> new Use.Gone(target);
                    default -> throw new IllegalStateException(TABLE + " has an unknown use: " + line);
                });
    }
}
