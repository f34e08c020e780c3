package io.carabiner.config;

import io.carabiner.primitives.ChainId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads configuration files, secrets files and the environment into a {@link NodeConfig}. */
public final class ConfigLoader {

    private static final String KEYSTORE_PASSWORD = "Password.Keystore";

    private ConfigLoader() {}

    /**
     * Reads, merges (later files win), lays defaults under, and checks everything.
     *
     * @param configFiles in the order of the command line; {@code CL_CONFIG} comes after them
     * @param secretsFiles in the order of the command line; no key may be in two of them
     * @param env the process's environment
     * @throws ConfigException with every fault that was found
     */
    public static NodeConfig load(List<Path> configFiles, List<Path> secretsFiles, Map<String, String> env) {
        return load(ConfigSources.of(configFiles, secretsFiles, env));
    }

    /**
     * The same with password files.
     *
     * @throws ConfigException with every fault that was found
     */
    public static NodeConfig load(ConfigSources sources) {
        Draft draft = draft(sources);
        if (!draft.valid()) {
            throw new ConfigException(draft.report(), draft.faults());
        }
        return draft.config();
    }

    /**
     * The same for commands that open no keys: the keystore's password may be missing.
     *
     * @throws ConfigException with every fault that was found
     */
    public static NodeConfig loadWithoutKeys(ConfigSources sources) {
        Draft draft = draft(sources);
        if (!draft.faults().stream().allMatch(fault -> fault.path().equals(KEYSTORE_PASSWORD))) {
            throw new ConfigException(draft.report(), draft.faults());
        }
        return draft.config();
    }

    /**
     * A configuration from text alone, with defaults; neither secrets nor environment are read and the rules between
     * keys are not checked. For tools and tests that need a section.
     *
     * @throws ConfigException if the text cannot be decoded
     */
    public static NodeConfig effective(String toml) {
        var env = Map.of(SourceReader.CONFIG_VARIABLE, toml);
        SourceReader.Input input = new SourceReader(ConfigSources.of(List.of(), List.of(), env)).read();
        return new NodeConfig(
                input.config(),
                withDefaults(input.config(), ChainDefaults.builtIn()),
                input.secrets(),
                env,
                Optional.empty());
    }

    /** Everything read, with defaults, and what is wrong with it. */
    static Draft draft(ConfigSources sources) {
        SourceReader.Input input = new SourceReader(sources).read();
        ChainDefaults defaults = ChainDefaults.of(sources.env());
        Section effective = withDefaults(input.config(), defaults);
        var environment = new Faults("invalid environment");
        if (input.legacy().isEmpty()) {
            Environment.check(sources.env(), environment);
        }
        var config = new Faults("invalid configuration");
        new CoreRules(effective, config).check();
        config.addAll(input.duplicates());
        for (int i = 0; i < effective.list("EVM").size(); i++) {
            new EvmRules(i, effective.list("EVM").get(i), config).check(defaults);
        }
        new CarabinerRules(effective, config).check();
        var secrets = new Faults("invalid secrets");
        new SecretRules(input.secrets(), secrets).check();
        return new Draft(input, effective, sources.env(), List.of(environment, config, secrets));
    }

    static Section withDefaults(Section input, ChainDefaults defaults) {
        Section effective = Section.defaults(Schema.CONFIG.root());
        Section rest = input.copy();
        Optional<List<Section>> chains = Optional.ofNullable(rest.lists().remove("EVM"));
        effective.overlay(rest);
        for (Section chain : chains.orElse(List.of())) {
            Section complete = defaults.forChain(chain.value("ChainID", ChainId.class));
            var placed = new Section(complete.schema(), chain.position());
            placed.overlay(complete);
            placed.overlay(chain);
            effective.add("EVM", placed);
        }
        return effective;
    }

    /**
     * A configuration before it is known to be right.
     *
     * @param found environment, configuration and secrets, each with its faults
     */
    record Draft(SourceReader.Input input, Section effective, Map<String, String> env, List<Faults> found) {

        boolean valid() {
            return found.stream().allMatch(Faults::none);
        }

        NodeConfig config() {
            return new NodeConfig(
                    input.config(),
                    effective,
                    input.secrets(),
                    env,
                    input.legacy().map(LegacyEnvironment.Translation::notes));
        }

        List<ConfigFault> faults() {
            return found.stream().flatMap(faults -> faults.all().stream()).toList();
        }

        /** The Go node's report, then where each fault is. */
        String report() {
            var text = new StringBuilder();
            found.stream().filter(faults -> !faults.none()).forEach(faults -> text.append(faults.text())
                    .append('\n'));
            return text.append(where()).toString();
        }

        private String where() {
            var lines = new ArrayList<String>();
            for (ConfigFault fault : faults()) {
                fault.position().ifPresent(position -> lines.add("\t" + position + ": " + fault.path()));
            }
            return lines.isEmpty() ? "" : "Where:\n" + String.join("\n", lines) + "\n";
        }
    }
}
