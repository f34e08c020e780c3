package io.carabiner.localservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads when the dev chain's program cannot be fetched; no test here touches the network. */
class AnvilInstallTest {

    private static final List<String> TOOLS =
            List.of("sh", "dirname", "mkdir", "cp", "rm", "grep", "tr", "cut", "uname", "chmod", "mv");

    @TempDir
    private Path folder;

    private Path path;
    private Path cache;

    @BeforeEach
    void makePath() throws IOException {
        path = Files.createDirectory(folder.resolve("path"));
        cache = folder.resolve("cache");
        for (String tool : TOOLS) {
            program(tool, "exec " + Commands.onPath(tool).orElseThrow() + " \"$@\"");
        }
    }

    @Test
    void withoutNpm_saysWhereToGetIt() throws Exception {
        assertThat(install())
                .isEqualTo(
                        "1: The dev chain (anvil) comes from npm, and there is no npm on PATH: install Node.js 20 or newer"
                                + " (Debian: apt-get install nodejs npm; macOS: brew install node).");
    }

    @Test
    void failedDownload_saysWhatNpmSaidAndLeavesNothing() throws Exception {
        fakeNpm("echo 'npm warn config' >&2; echo 'npm error network request failed' >&2; exit 1");
        assertThat(install())
                .startsWith(
                        "1: The dev chain (anvil 1.7.1) could not be downloaded from the npm registry: check the network")
                .contains("npm said: npm error network request failed")
                .doesNotContain("npm warn");
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void programThatDoesNotRun_isNotKept() throws Exception {
        fakeNpm(
                "for p in linux-amd64 linux-arm64 darwin-amd64 darwin-arm64; do mkdir -p node_modules/@foundry-rs/anvil-$p/bin;"
                        + " printf '#!/bin/sh\\necho wrong libc; exit 127\\n' >node_modules/@foundry-rs/anvil-$p/bin/anvil; done");
        assertThat(install()).isEqualTo("1: The dev chain (anvil 1.7.1) does not run on this machine: wrong libc");
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void once_isEnough() throws Exception {
        fakeNpm(
                "for p in linux-amd64 linux-arm64 darwin-amd64 darwin-arm64; do mkdir -p node_modules/@foundry-rs/anvil-$p/bin;"
                        + " printf '#!/bin/sh\\necho anvil\\n' >node_modules/@foundry-rs/anvil-$p/bin/anvil; done");
        assertThat(install()).isEqualTo("0: ");
        fakeNpm("echo asked again; exit 1");
        assertThat(install()).isEqualTo("0: ");
        assertThat(cache.resolve("anvil-1.7.1/anvil")).isExecutable();
    }

    private void fakeNpm(String script) throws IOException {
        program("npm", script);
    }

    private void program(String name, String script) throws IOException {
        Path file = path.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The exit status and everything said. */
    private String install() throws IOException, InterruptedException {
        Path script = Path.of("src/main/resources/io/carabiner/localservers/anvil/install.sh");
        ProcessBuilder builder =
                new ProcessBuilder("sh", script.toAbsolutePath().toString(), cache.toString());
        builder.environment().put("PATH", path.toString());
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + ": " + said.strip();
    }
}
