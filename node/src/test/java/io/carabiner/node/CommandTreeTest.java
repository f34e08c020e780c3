package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.cli.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands of the Go node's command line, each with its flags: ours has them, or a reason stands here. */
class CommandTreeTest {

    private static final String OTHER_NETWORK = "a network other than EVM";

    /** What ours has not, by the beginning of its path. */
    private static final Map<String, String> ABSENT = absent();

    private static Map<String, String> absent() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String network : List.of("aptos", "cosmos", "solana", "starknet")) {
            for (String group : List.of("chains", "keys", "nodes", "txs")) {
                reasons.put(group + " " + network, OTHER_NETWORK);
            }
        }
        reasons.put("node profile", "deprecated there: admin profile");
        reasons.put("node status", "deprecated there: admin status");
        reasons.put("node rebroadcast-transactions", "txs evm rebroadcast does it while the node runs");
        reasons.put("node remove-blocks", "blocks are repaired while the node runs: blocks replay");
        return reasons;
    }

    private static Optional<String> reason(String path) {
        return ABSENT.entrySet().stream()
                .filter(entry -> path.equals(entry.getKey()) || path.startsWith(entry.getKey() + " "))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static CommandLine program() {
        return Main.program(new Surroundings(
                        System.out,
                        System.err,
                        InputStream.nullInputStream(),
                        new NoTerminal(),
                        Map.of(),
                        Path.of("."),
                        Path.of(".")))
                .root();
    }

    private static List<String> recorded() throws IOException {
        try (InputStream in = CommandTreeTest.class.getResourceAsStream("/golden/verbs.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private static Optional<CommandLine> find(CommandLine root, String path) {
        Optional<CommandLine> place = Optional.of(root);
        for (String word : path.split(" ", -1)) {
            place = place.map(command -> command.getSubcommands().get(word));
        }
        return place;
    }

    @Test
    void everyRecordedCommand_existsWithItsFlagsAndAliases_orHasAReason() throws IOException {
        CommandLine root = program();
        List<String> missing = new ArrayList<>();
        for (String line : recorded()) {
            String path = line.split(":", -1)[0];
            Optional<CommandLine> command = find(root, path);
            if (command.isEmpty() && !path.equals("help")) {
                reason(path).ifPresentOrElse(why -> {}, () -> missing.add(path));
                continue;
            }
            String flags = line.contains(": ") ? line.split(": ", -1)[1] : "";
            for (String flag : flags.split("[ |]", -1)) {
                String dashed = (flag.length() == 1 ? "-" : "--") + flag;
                boolean known =
                        flag.isEmpty() || command.orElseThrow().getCommandSpec().findOption(dashed) != null;
                if (!known) {
                    missing.add(path + " " + dashed);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyReason_isAboutACommandThatOursHasNot() throws IOException {
        CommandLine root = program();
        List<String> paths =
                recorded().stream().map(line -> line.split(":", -1)[0]).toList();

        assertThat(paths.stream().filter(path -> find(root, path).isPresent()))
                .noneMatch(path -> reason(path).isPresent());
    }

    @Test
    void everyCommand_saysInOneLineWhatItDoes() {
        List<String> silent = new ArrayList<>();
        collect(program(), "", silent);

        assertThat(silent).isEmpty();
    }

    private static void collect(CommandLine command, String path, List<String> silent) {
        command.getSubcommands().forEach((name, below) -> {
            CommandSpec spec = below.getCommandSpec();
            String description = String.join(" ", spec.usageMessage().description());
            boolean flagsExplained = spec.options().stream()
                    .filter(option -> !option.hidden())
                    .allMatch(option -> Arrays.stream(option.description()).anyMatch(text -> text.length() > 2));
            if (description.length() < 10 || description.length() > 240 || !flagsExplained) {
                silent.add(path + " " + name + ": " + description);
            }
            collect(below, path + " " + name, silent);
        });
    }

    /** Nobody types. */
    private static final class NoTerminal implements io.carabiner.cli.Terminal {

        @Override
        public boolean isInteractive() {
            return false;
        }

        @Override
        public String readHidden() {
            throw new IllegalStateException("nobody types");
        }
    }
}
