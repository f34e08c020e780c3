package io.carabiner.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which build this is.
 *
 * @param version such as {@code 0.1.0}
 * @param commit the full hash of the commit it was built from, or {@code unset}
 */
record BuildInfo(String version, String commit) {

    private static final int SHORT_COMMIT_CHARS = 7;

    /** The running program's. */
    static BuildInfo ofThisProgram() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInfo(
                properties.getProperty("version").replace("-SNAPSHOT", ""), properties.getProperty("commit"));
    }

    /** Version and short commit, as the Go node writes them: {@code 0.1.0@abcdef1}. */
    String shortForm() {
        return version + "@" + commit.substring(0, Math.min(SHORT_COMMIT_CHARS, commit.length()));
    }

    /** What {@code --version} prints, in the Go node's form: the program's name stays, scripts cut the line at spaces. */
    String line() {
        return "carabiner version " + version + "@" + commit;
    }
}
