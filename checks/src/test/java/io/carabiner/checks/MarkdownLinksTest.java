package io.carabiner.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No document points at a file that is gone. */
class MarkdownLinksTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @TempDir
    private Path folder;

    @Test
    void everyLinkOfADocument_leadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            broken.addAll(MarkdownLinks.broken(
                    document.getParent(), ROOT.relativize(document).toString(), Files.readString(document)));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void aLinkToNowhere_isFound() throws IOException {
        Files.writeString(folder.resolve("here.md"), "here");
        assertThat(MarkdownLinks.broken(
                        folder,
                        "a.md",
                        "[a](here.md) [b](here.md#part) [c](#part) [d](https://example.org/x) [e](gone.md)"))
                .containsExactly("a.md: there is no gone.md");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/node_modules/")
                            && !file.toString().contains("/target/"))
                    .toList();
        }
    }
}
