package io.carabiner.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a configuration comes from.
 *
 * @param configFiles in the order of the command line; {@code CL_CONFIG} comes after them
 * @param secretsFiles in the order of the command line; no key may be in two of them
 * @param env the process's environment
 * @param passwordFile holds the key store's password, in place of {@code Password.Keystore}
 * @param vrfPasswordFile holds the password of old VRF keys, in place of {@code Password.VRF}
 */
public record ConfigSources(
        List<Path> configFiles,
        List<Path> secretsFiles,
        Map<String, String> env,
        Optional<Path> passwordFile,
        Optional<Path> vrfPasswordFile) {

    /** Files and environment, without password files. */
    public static ConfigSources of(List<Path> configFiles, List<Path> secretsFiles, Map<String, String> env) {
        return new ConfigSources(configFiles, secretsFiles, env, Optional.empty(), Optional.empty());
    }
}
