package io.carabiner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts for shells, as a shell reads them. */
class CompletionTest {

    @TempDir
    Path folder;

    private String script(String shell) {
        Run run = new Run(folder).call("completion", shell);
        assertThat(run.exit()).isZero();
        return run.out();
    }

    /** What bash offers for the words typed so far. */
    private String offered(String line) throws Exception {
        Path file = folder.resolve("carabiner.bash");
        Files.writeString(file, script("bash"));
        Process bash = new ProcessBuilder("bash", "--norc", "-c", """
                source %s
                COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); COMP_LINE='%s'; COMP_POINT=${#COMP_LINE}
                _complete_carabiner
                printf '%%s\\n' "${COMPREPLY[@]}"
                """.formatted(file, line + " ''", line + " "))
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    @Test
    void bash_isOfferedGroupsAndVerbs() throws Exception {
        assertThat(offered("carabiner").lines()).contains("keys", "jobs", "completion");
        assertThat(offered("carabiner keys vrf").lines()).contains("create", "import");
    }

    @Test
    void fish_isToldEveryCommandWithItsDescriptionAndFlags() {
        assertThat(script("fish").lines())
                .contains(
                        "complete -c carabiner -n '__fish_seen_subcommand_from bridges; and __fish_seen_subcommand_from"
                                + " list' -l page -r -d 'which page to show, from 1'")
                .anyMatch(line -> line.contains(" -a keys -d '"))
                .allMatch(line -> line.startsWith("complete -c carabiner"));
    }

    @Test
    void unknownShell_isRefused() {
        Run run = new Run(folder).call("completion", "tcsh");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("bash, zsh or fish");
        assertThat(script("zsh")).contains("compdef", "bashcompinit");
    }
}
