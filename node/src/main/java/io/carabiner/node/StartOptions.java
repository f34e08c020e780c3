package io.carabiner.node;

import io.carabiner.config.ConfigSources;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a node is started with, as {@code node -c … -s … start -a … -p … -d} takes it.
 *
 * @param sources configuration and secrets files, the environment, the password files
 * @param apiFile mail address and password of the first API user, on a line each
 * @param logInto takes what would stand on the console, for a node inside another program; empty for the console
 * @param debug whether the console shows debug messages whatever the configuration says
 */
record StartOptions(ConfigSources sources, Optional<Path> apiFile, Optional<Path> logInto, boolean debug) {}
