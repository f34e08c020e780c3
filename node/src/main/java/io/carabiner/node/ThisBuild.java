package io.carabiner.node;

import io.carabiner.cli.BuildInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build runs, as the build wrote it into the program. */
final class ThisBuild {

    private static final int SHORT_COMMIT_CHARS = 7;

    private ThisBuild() {}

    static BuildInfo read() {
        Properties properties = new Properties();
        try (InputStream in = ThisBuild.class.getResourceAsStream("build.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInfo(
                properties.getProperty("version").replace("-SNAPSHOT", ""), properties.getProperty("commit"));
    }

    /** Version and short commit, as every log record names them: {@code 0.1.0@abcdef1}. */
    static String shortForm(BuildInfo build) {
        String commit = build.commit();
        return build.version() + "@" + commit.substring(0, Math.min(SHORT_COMMIT_CHARS, commit.length()));
    }
}
