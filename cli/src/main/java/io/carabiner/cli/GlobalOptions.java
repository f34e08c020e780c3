package io.carabiner.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * What was said before the first command: the flags of the program itself, completed from the environment. Immutable.
 *
 * @param json whether results are printed as JSON
 * @param nodeUrl where the node answers
 * @param insecureSkipVerify whether any TLS certificate is accepted
 * @param credentialsFile mail address and password, used when the node says that nobody is logged in; empty for none
 * @param configFiles TOML files in the order they were given
 * @param secretsFiles TOML files in the order they were given
 */
public record GlobalOptions(
        boolean json,
        String nodeUrl,
        boolean insecureSkipVerify,
        String credentialsFile,
        List<Path> configFiles,
        List<Path> secretsFiles) {

    /** The address of a node that runs with the standard settings on this machine. */
    public static final String DEFAULT_NODE_URL = "http://localhost:6688";

    /** Copies the lists. */
    public GlobalOptions {
        configFiles = List.copyOf(configFiles);
        secretsFiles = List.copyOf(secretsFiles);
    }
}
