package io.carabiner.doctor;

import io.carabiner.config.ConfigException;
import io.carabiner.config.ConfigLoader;
import io.carabiner.config.ConfigSources;
import io.carabiner.config.EvmConfig;
import io.carabiner.config.NodeConfig;
import io.carabiner.database.ProgramVersion;
import io.carabiner.primitives.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at everything a node would meet with this configuration. Changes nothing; a running node is no hindrance. */
public final class Doctor {

    private Doctor() {}

    /**
     * Looks; takes as long as the slowest endpoint.
     *
     * @param program this program's version; empty if it has none
     */
    public static List<Finding> look(ConfigSources sources, Optional<ProgramVersion> program, TimeSource time) {
        List<Finding> findings = new ArrayList<>();
        NodeConfig config;
        try {
            config = ConfigLoader.loadWithoutKeys(sources);
        } catch (ConfigException e) {
            return List.of(Finding.fail(
                    "config",
                    "",
                    "a node would not start",
                    String.valueOf(e.getMessage()).strip()));
        }
        settings(config, findings);
        findings.addAll(DatabaseCheckup.of(config, program, time));
        config.evm().stream().filter(EvmConfig::enabled).forEach(chain -> {
            findings.addAll(EndpointCheckup.of(chain, time));
            findings.addAll(KeyCheckup.of(config, chain));
        });
        findings.addAll(MachineCheckup.of(config));
        return List.copyOf(findings);
    }

    private static void settings(NodeConfig config, List<Finding> findings) {
        findings.add(Finding.ok("config", "", "a node would start with it"));
        if (!config.inertKeysSet().isEmpty()) {
            findings.add(Finding.warn(
                    "config",
                    "",
                    "these keys do nothing in this version: " + String.join(", ", config.inertKeysSet()),
                    "see docs/configuration.md"));
        }
        if (config.insecureFastScrypt()) {
            findings.add(Finding.warn(
                    "config",
                    "InsecureFastScrypt",
                    "the stored keys are hardly protected by their password",
                    "use it for tests only"));
        }
        if (config.secrets().password().keystore().isEmpty()) {
            findings.add(Finding.warn(
                    "config",
                    "Password.Keystore",
                    "is not in the secrets",
                    "give `node start` a file with -p, or set it in the secrets"));
        }
    }
}
