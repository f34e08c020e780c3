package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.cli.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the documents tell a reader to type is what the program understands. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private final CommandLine program = Main.program(Surroundings.ofProcess()).root();

    @Test
    void everyDocumentedCommand_isOneThatTheProgramKnows() throws IOException {
        List<String> faults = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (Path document : documents()) {
            for (String typed : DocumentedCommands.in(Files.readString(document))) {
                seen.add(typed);
                DocumentedCommands.faults(program, typed)
                        .forEach(fault -> faults.add(ROOT.relativize(document) + ": " + fault));
            }
        }
        assertThat(faults).isEmpty();
        assertThat(seen).contains("up --once");
    }

    @Test
    void commandsAreReadFromBlocks_withoutTheRemarksBehindThem() {
        assertThat(DocumentedCommands.in("""
                        Type carabiner nonsense in prose.

                            ./carabiner up --once        stops after the answer
                            carabiner jobs list # all of them

                        ```sh
                        $ carabiner node -c config.toml start
                        ```
                        """)).containsExactly("up --once", "jobs list", "node -c config.toml start");
    }

    @Test
    void aCommandThatDoesNotExist_isFound() {
        assertThat(DocumentedCommands.faults(program, "up --dir FOLDER")).isEmpty();
        assertThat(DocumentedCommands.faults(program, "jobs create job.toml")).isEmpty();
        assertThat(DocumentedCommands.faults(program, "jobs invent job.toml"))
                .containsExactly("`jobs invent job.toml`: jobs has no command invent");
        assertThat(DocumentedCommands.faults(program, "up --twice"))
                .containsExactly("`up --twice`: up has no flag --twice");
    }

    private static List<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder :
                List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("docs/decisions"), ROOT.resolve("docs/operations"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(found::add);
            }
        }
        return found;
    }
}
