package io.carabiner.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replays what {@code ./campaign fuzz} begins with, and what it once found. */
final class FuzzCorpusTest {

    @ParameterizedTest
    @EnumSource
    void everyInputOfTheCorpus_isReadOrRefusedInWords(FuzzTarget target) {
        List<Path> inputs = inputs(target);
        assertThat(inputs).hasSizeGreaterThan(2);
        for (Path input : inputs) {
            assertThatCode(() -> target.feed(Files.readAllBytes(input)))
                    .as(input.toString())
                    .doesNotThrowAnyException();
        }
    }

    private static List<Path> inputs(FuzzTarget target) {
        Path corpus = Stream.of("corpus", "bench/corpus")
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow();
        try (Stream<Path> files = Files.list(corpus.resolve(target.label()))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
