package io.carabiner.node;

import io.carabiner.cli.BuildInfo;
import io.carabiner.cli.CliException;
import io.carabiner.cli.OwnerFiles;
import io.carabiner.cli.Surroundings;
import io.carabiner.config.ConfigLoader;
import io.carabiner.config.NodeConfig;
import io.carabiner.crypto.Eip55;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseVisit;
import io.carabiner.keystore.KeyBundle;
import io.carabiner.keystore.Password;
import io.carabiner.keystore.ScryptCost;
import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code keys backup} and {@code keys restore}: all keys in one encrypted file. They work on the database, without a
 * running node. Not commands of the Go node.
 */
final class KeyBundleCommands {

    private static final int FILE_BYTES_MAX = 10 << 20;
    private static final String KEYSTORE = "--password";
    private static final String NEW_PASSWORD = "--new-password";
    private static final String OLD_PASSWORD = "--old-password";
    private static final String OUTPUT = "--output";
    private static final String DRY_RUN = "--dry-run";

    private final SourceFlags flags;
    private final Surroundings surroundings;
    private final BuildInfo build;

    KeyBundleCommands(SourceFlags flags, Surroundings surroundings, BuildInfo build) {
        this.flags = flags;
        this.surroundings = surroundings;
        this.build = build;
    }

    /** Adds the commands to the group {@code keys}. */
    void addTo(CommandSpec keys) {
        keys.addSubcommand(
                "backup",
                CommandSpecs.command(
                        "backup",
                        "Write all keys of the database into one encrypted file, also while a node runs",
                        parsed -> backup(keys, parsed),
                        CommandSpecs.text("FILE", "the file with the keystore's password", KEYSTORE),
                        CommandSpecs.required(
                                "FILE", "the file with the password for the new file", NEW_PASSWORD, "-p"),
                        CommandSpecs.required("FILE", "the file to write", OUTPUT, "-o")));
        keys.addSubcommand(
                "restore",
                CommandSpecs.withArguments(
                        CommandSpecs.command(
                                "restore",
                                "Take all keys from such a file into a database that has none",
                                parsed -> restore(keys, parsed),
                                CommandSpecs.text("FILE", "the file with the keystore's password", KEYSTORE),
                                CommandSpecs.required(
                                        "FILE", "the file with the password of the key file", OLD_PASSWORD, "-p"),
                                CommandSpecs.flag("open the file and say what is in it; change nothing", DRY_RUN)),
                        "FILE",
                        "what `keys backup` wrote"));
    }

    private NodeConfig config(CommandSpec keys, ParseResult parsed) {
        return ConfigLoader.load(flags.sources(keys, flags.path(parsed, KEYSTORE), Optional.empty()));
    }

    private int backup(CommandSpec keys, ParseResult parsed) {
        NodeConfig config = config(keys, parsed);
        Password own = Password.fromFile(surroundings.resolve(parsed.matchedOptionValue(NEW_PASSWORD, "")));
        String output = parsed.matchedOptionValue(OUTPUT, "");
        String content;
        try (DatabaseVisit visit =
                DatabaseVisit.open(config.secrets().databaseUrl().reveal())) {
            content = visit.read(sql -> KeyBundle.seal(
                    sql,
                    keystore(config),
                    own,
                    cost(config),
                    TimeSource.system().now()));
        }
        Path file = surroundings.resolve(output);
        if (Files.exists(file)) {
            throw CliException.failed(output + " exists already: choose another name");
        }
        try {
            OwnerFiles.write(file, content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("open", output, e));
        }
        surroundings
                .err()
                .println("Wrote " + KeyBundle.look(content, own).summary() + " to " + output
                        + ". Try it: carabiner keys restore --dry-run --old-password FILE " + output);
        return 0;
    }

    private int restore(CommandSpec keys, ParseResult parsed) {
        List<String> arguments = CommandSpecs.arguments(parsed);
        if (arguments.size() != 1) {
            throw CliException.failed("Must pass the file that `keys backup` wrote");
        }
        String content = read(arguments.getFirst());
        Password own = Password.fromFile(surroundings.resolve(parsed.matchedOptionValue(OLD_PASSWORD, "")));
        boolean dry = parsed.hasMatchedOption(DRY_RUN);
        KeyBundle bundle = dry ? KeyBundle.look(content, own) : restored(config(keys, parsed), content, own);
        bundle.addresses().forEach(address -> surroundings.out().println(Eip55.format(address)));
        surroundings.err().println((dry ? "The file opens and holds " : "Restored ") + bundle.summary() + ".");
        return 0;
    }

    private KeyBundle restored(NodeConfig config, String content, Password own) {
        KeyBundle.look(content, own);
        try (Database database = new LocalDatabase(surroundings, build).open(config)) {
            return KeyBundle.restore(
                    database,
                    content,
                    own,
                    keystore(config),
                    cost(config),
                    TimeSource.system().now());
        }
    }

    private String read(String file) {
        try (InputStream in = Files.newInputStream(surroundings.resolve(file))) {
            return new String(in.readNBytes(FILE_BYTES_MAX), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("open", file, e));
        }
    }

    private static Password keystore(NodeConfig config) {
        return Password.of(config.secrets().keystorePassword().reveal());
    }

    private static ScryptCost cost(NodeConfig config) {
        return config.insecureFastScrypt() ? ScryptCost.FAST : ScryptCost.STANDARD;
    }
}
