package io.carabiner.config;

import io.carabiner.config.LegacyVariable.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way version 1 of the Go node was configured: by variables of the environment alone. It is used where no
 * configuration file, secrets file or {@code CL_CONFIG} is given and such variables are set; beside files they are
 * refused, as the Go node does it.
 */
final class LegacyEnvironment {

    private static final String PAYMENT_GONE =
            "MINIMUM_CONTRACT_PAYMENT counted LINK in another unit: set MINIMUM_CONTRACT_PAYMENT_LINK_JUELS instead";

    /**
     * What the variables come to.
     *
     * @param notes for the operator: which variables do nothing any more, and what to do instead
     */
    record Translation(Section config, Section secrets, List<String> notes, List<ConfigFault> faults) {}

    private final Map<String, String> env;
    private final Section config = new Section(Schema.CONFIG.root(), Optional.empty());
    private final Section secrets = new Section(Schema.SECRETS.root(), Optional.empty());
    private final List<String> notes = new ArrayList<>();
    private final List<ConfigFault> faults = new ArrayList<>();

    private LegacyEnvironment(Map<String, String> env) {
        this.env = env;
    }

    /** Whether these sources are configured the old way. */
    static boolean rules(ConfigSources sources) {
        return sources.configFiles().isEmpty()
                && sources.secretsFiles().isEmpty()
                && sources.env().getOrDefault(SourceReader.CONFIG_VARIABLE, "").isBlank()
                && LegacyVariable.all().stream()
                        .filter(variable -> configures(variable.use()))
                        .anyMatch(variable -> isSet(sources.env(), variable.name()));
    }

    private static boolean configures(Use use) {
        return switch (use) {
            case Use.Key _, Use.SecretKey _, Use.ChainKey _, Use.Endpoint _ -> true;
            case Use.Client _, Use.Gone _ -> false;
        };
    }

    private static boolean isSet(Map<String, String> env, String name) {
        return !env.getOrDefault(name, "").isBlank();
    }

    /** All variables, each fault beside the others. */
    static Translation translate(Map<String, String> env) {
        LegacyEnvironment environment = new LegacyEnvironment(env);
        environment.translate();
        return new Translation(environment.config, environment.secrets, environment.notes, environment.faults);
    }

    private void translate() {
        new LegacyChains(env, config, faults).add();
        LegacyVariable.all().stream()
                .filter(variable -> isSet(env, variable.name()))
                .forEach(this::take);
        if (isSet(env, "MINIMUM_CONTRACT_PAYMENT")) {
            faults.add(new ConfigFault(
                    "EVM.MinContractPayment", PAYMENT_GONE, LegacyChains.position("MINIMUM_CONTRACT_PAYMENT")));
        }
    }

    private void take(LegacyVariable variable) {
        switch (variable.use()) {
            case Use.Key(String path) -> put(config, variable.name(), path);
            case Use.SecretKey(String path) -> put(secrets, variable.name(), path);
            case Use.ChainKey(String path) -> everyChain(variable.name(), path);
            case Use.Endpoint _, Use.Client _ -> {}
            case Use.Gone(String reason) -> notes.add(variable.name() + " does nothing: " + reason);
        }
        if (variable.name().equals("DATABASE_LOCKING_MODE") && "advisorylock".equals(env.get(variable.name()))) {
            notes.add("DATABASE_LOCKING_MODE=advisorylock is taken as lease: the lease alone guards the database");
        }
    }

    private void everyChain(String variable, String path) {
        if (config.list("EVM").isEmpty()) {
            notes.add(variable + " does nothing: there is no chain; set ETH_CHAIN_ID and ETH_URL, or EVM_NODES");
        }
        config.list("EVM").forEach(chain -> put(chain, variable, path));
    }

    private void put(Section section, String variable, String path) {
        @Nullable ConfigFault fault = put(section, path, variable, env.getOrDefault(variable, ""));
        if (fault != null && !faults.contains(fault)) {
            faults.add(fault);
        }
    }

    /** Puts a value under a path of names; what is wrong with it is the answer. */
    static @Nullable ConfigFault put(Section section, String path, String variable, String text) {
        Section holder = holder(section, path);
        ConfigKey key = key(holder.schema(), path.substring(path.lastIndexOf('.') + 1));
        try {
            holder.put(
                    key.name(),
                    new Section.Value(LegacyValue.read(variable, text, key.type()), LegacyChains.position(variable)));
            return null;
        } catch (BadValueException e) {
            return new ConfigFault(key.shownPath(), String.valueOf(e.getMessage()), LegacyChains.position(variable));
        }
    }

    private static Section holder(Section section, String path) {
        Section holder = section;
        List<String> steps = List.of(path.split("\\.", -1));
        for (String step : steps.subList(0, steps.size() - 1)) {
            Schema.Item item = holder.schema().find(step).orElseThrow();
            if (!(item instanceof Schema.TableItem(String name, Schema.Table table))) {
                throw new IllegalStateException(path + " does not lead to a key");
            }
            holder = holder.child(name, table, Optional.empty());
        }
        return holder;
    }

    private static ConfigKey key(Schema.Table table, String name) {
        if (table.find(name).orElseThrow() instanceof Schema.KeyItem(ConfigKey key)) {
            return key;
        }
        throw new IllegalStateException(name + " is no key");
    }
}
