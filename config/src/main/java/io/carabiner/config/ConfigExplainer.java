package io.carabiner.config;

import io.carabiner.primitives.ChainId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a key means, what its value is and where that comes from; and in which keys two configurations differ. Reads the
 * same sources as a start does, also such that a start would refuse. Secrets are masked.
 */
public final class ConfigExplainer {

    private static final int OFFERED_MAX = 5;
    /** The defaults of known chains stand in files of the program. */
    private static final String BUILT_IN = "chains/";

    private ConfigExplainer() {}

    /**
     * A key, or all keys of a section.
     *
     * @param asked in any case, with or without what names an entry of a list
     * @throws ConfigException if there is no such key, with keys of similar names
     */
    public static String explain(ConfigSources sources, String asked) {
        String wanted = bare(asked);
        List<ConfigKey> keys = Stream.concat(ConfigKeys.all().stream(), ConfigKeys.secrets().stream())
                .filter(key -> matches(key, wanted))
                .toList();
        if (keys.isEmpty()) {
            throw unknown(asked, wanted);
        }
        ConfigLoader.Draft draft = ConfigLoader.draft(sources);
        StringBuilder text = new StringBuilder();
        keys.forEach(key -> text.append(text.isEmpty() ? "" : "\n").append(explain(draft, key, asked)));
        return text.toString();
    }

    private static String bare(String asked) {
        return asked.replaceAll("\\[[^]]*]", "").toLowerCase(Locale.ROOT);
    }

    private static boolean matches(ConfigKey key, String wanted) {
        String path = key.shownPath().toLowerCase(Locale.ROOT);
        return path.equals(wanted) || path.startsWith(wanted + ".");
    }

    private static ConfigException unknown(String asked, String wanted) {
        String name = wanted.substring(wanted.lastIndexOf('.') + 1);
        List<String> similar = Stream.concat(ConfigKeys.all().stream(), ConfigKeys.secrets().stream())
                .map(ConfigKey::shownPath)
                .filter(path -> path.toLowerCase(Locale.ROOT).contains(name))
                .limit(OFFERED_MAX)
                .toList();
        String message = "there is no key " + asked
                + (similar.isEmpty()
                        ? ": docs/configuration.md lists them all"
                        : "; do you mean " + String.join(" or ", similar) + "?");
        return new ConfigException(message, List.of(new ConfigFault(asked, message, Optional.empty())));
    }

    private static String explain(ConfigLoader.Draft draft, ConfigKey key, String asked) {
        StringBuilder text =
                new StringBuilder(key.shownPath() + " (" + key.type().name() + ")\n");
        text.append("  ").append(key.doc()).append('\n');
        if (key.use() == ConfigKey.Use.INERT) {
            text.append("  It is read and checked, and does nothing in this version.\n");
        }
        text.append("  default: ")
                .append(key.defaultValue().map(key.type().printer()).orElse("none"))
                .append('\n');
        List<String> places = places(draft, key, asked);
        if (places.isEmpty()) {
            text.append("  not set\n");
        }
        places.forEach(place -> text.append("  ").append(place).append('\n'));
        return text.toString();
    }

    private static List<String> places(ConfigLoader.Draft draft, ConfigKey key, String asked) {
        List<String> places = new ArrayList<>();
        Stream.of(draft.effective(), draft.input().secrets())
                .flatMap(section -> FlatConfig.of(section).entrySet().stream())
                .filter(leaf -> leaf.getValue().key().equals(key))
                .filter(leaf -> !asked.contains("[")
                        || leaf.getKey().toLowerCase(Locale.ROOT).startsWith(asked.toLowerCase(Locale.ROOT)))
                .forEach(leaf -> places.add(
                        leaf.getKey() + " = " + leaf.getValue().shown() + "   # " + origin(leaf.getValue())));
        return places;
    }

    private static String origin(FlatConfig.Leaf leaf) {
        Optional<ConfigFault.Position> written =
                leaf.value().position().filter(position -> !position.file().startsWith(BUILT_IN));
        if (written.isPresent()) {
            return "from " + written.get();
        }
        boolean usual = leaf.key()
                .defaultValue()
                .map(leaf.key().type().printer())
                .filter(leaf.shown()::equals)
                .isPresent();
        return usual ? "default" : "default of this chain";
    }

    /** What is set otherwise than the defaults: one line a key, empty if nothing is. */
    public static String diff(ConfigSources sources) {
        ConfigLoader.Draft draft = ConfigLoader.draft(sources);
        return diff(FlatConfig.of(defaults(draft, sources)), FlatConfig.of(draft.effective()), true);
    }

    /** The same chains with nothing set. */
    private static Section defaults(ConfigLoader.Draft draft, ConfigSources sources) {
        Section bare = new Section(draft.input().config().schema(), Optional.empty());
        for (Section chain : draft.input().config().list("EVM")) {
            chain.value("ChainID", ChainId.class).ifPresent(id -> {
                Section entry = new Section(chain.schema(), Optional.empty());
                entry.put("ChainID", new Section.Value(id, Optional.empty()));
                bare.add("EVM", entry);
            });
        }
        return ConfigLoader.withDefaults(bare, ChainDefaults.of(sources.env()));
    }

    /** In which keys two configurations differ once the defaults are laid under both: a line of each, - and +. */
    public static String diff(ConfigSources first, ConfigSources second) {
        return diff(
                FlatConfig.of(ConfigLoader.draft(first).effective()),
                FlatConfig.of(ConfigLoader.draft(second).effective()),
                false);
    }

    private static String diff(
            Map<String, FlatConfig.Leaf> before, Map<String, FlatConfig.Leaf> after, boolean withOrigin) {
        Set<String> paths = new LinkedHashSet<>(before.keySet());
        paths.addAll(after.keySet());
        StringBuilder lines = new StringBuilder();
        for (String path : paths) {
            Optional<FlatConfig.Leaf> old = Optional.ofNullable(before.get(path));
            Optional<FlatConfig.Leaf> now = Optional.ofNullable(after.get(path));
            if (old.map(FlatConfig.Leaf::shown).equals(now.map(FlatConfig.Leaf::shown))) {
                continue;
            }
            if (withOrigin) {
                now.ifPresent(leaf -> lines.append("%s = %s   # %s, default %s\n"
                        .formatted(
                                path,
                                leaf.shown(),
                                origin(leaf),
                                old.map(FlatConfig.Leaf::shown).orElse("none"))));
            } else {
                old.ifPresent(leaf -> lines.append("- %s = %s\n".formatted(path, leaf.shown())));
                now.ifPresent(leaf -> lines.append("+ %s = %s\n".formatted(path, leaf.shown())));
            }
        }
        return lines.toString();
    }
}
