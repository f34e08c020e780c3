package io.carabiner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every call that was recorded of the Go node's command line is compared, or stands here with the reason why not. */
class TranscriptCoverageTest {

    private static final Map<Pattern, String> NOT_COMPARED = Map.of(
            Pattern.compile("0(01|0[4-8]|1[0-28]).*"), "help texts are our own: the commands in them are compared",
            Pattern.compile("00[23]-version.*"), "our own version",
            Pattern.compile("\\d+-help-of-.*"), "help texts are our own: their commands and flags are compared in node",
            Pattern.compile("4(69|70)-profile.*"), "log lines with times; our own summary is tested",
            Pattern.compile("4(7[1-9]|8\\d|90|91)-db-.*"),
                    "commands of the database need no running node: they are tested in node",
            Pattern.compile("49[2-4]-node-start.*"), "refused starts are compared in node",
            Pattern.compile("49[5-7]-rebroadcast.*"), "txs evm rebroadcast takes its place",
            Pattern.compile("49[89]-remove-blocks.*"), "blocks replay takes its place",
            Pattern.compile("50[01]-node-.*"), "deprecated there, absent here");

    private static String resource(String name) throws IOException {
        try (InputStream in = TranscriptCoverageTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean excused(String name) {
        return NOT_COMPARED.keySet().stream()
                .anyMatch(pattern -> pattern.matcher(name).matches());
    }

    @Test
    void everyRecordedCall_isComparedOrHasAReason() throws IOException {
        Set<String> compared = new HashSet<>();
        Json.read(resource("transcripts.json"))
                .forEach(call -> compared.add(call.path("case").asString()));
        List<String> recorded = resource("cases.txt").lines().toList();

        List<String> forgotten = new ArrayList<>(recorded);
        forgotten.removeIf(name -> compared.contains(name) || excused(name));

        assertThat(recorded).hasSize(505);
        assertThat(compared).hasSizeGreaterThan(350);
        assertThat(forgotten).isEmpty();
    }
}
