package io.carabiner.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads configuration files, secrets files and the environment into a {@link NodeConfig}. */
public final class ConfigLoader {

    private ConfigLoader() {}

    /**
     * Reads, merges (later files win), lays defaults under, and checks everything.
     *
     * @param configFiles in the order of the command line; {@code CL_CONFIG} comes after them
     * @param secretsFiles in the order of the command line; no key may be in two of them
     * @param env the process's environment
     * @throws ConfigException with every fault that was found
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static NodeConfig load(List<Path> configFiles, List<Path> secretsFiles, Map<String, String> env) {
        throw new UnsupportedOperationException();
    }

    /**
     * A configuration from text alone, with defaults; neither secrets nor environment are read and the rules between
     * keys are not checked. For tools and tests that need a section.
     *
     * @throws ConfigException if the text cannot be decoded
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static NodeConfig effective(String toml) {
        throw new UnsupportedOperationException(toml);
    }
}
