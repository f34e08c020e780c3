package io.carabiner.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Juels;
import io.carabiner.primitives.Wei;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No key without type, default (or the word that it has none), documentation, and a test that it is read. */
class ConfigKeysTest {

    private static final Map<Class<?>, String> SAMPLES = Map.ofEntries(
            Map.entry(Duration.class, "'7m'"),
            Map.entry(FileSize.class, "'7.00mb'"),
            Map.entry(Wei.class, "'77 gwei'"),
            Map.entry(Juels.class, "'7 link'"),
            Map.entry(Address.class, "'0x5FbDB2315678afecb367f032d93F642f64180aa3'"),
            Map.entry(ChainId.class, "'7'"),
            Map.entry(Hash32.class, "'" + "7".repeat(64) + "'"),
            Map.entry(BigDecimal.class, "'7.5'"),
            Map.entry(URI.class, "'https://seven.example.test'"),
            Map.entry(InetAddress.class, "'7.7.7.7'"),
            Map.entry(LogLevel.class, "'crit'"),
            Map.entry(BackupMode.class, "'lite'"),
            Map.entry(AuthenticationMethod.class, "'oidc'"),
            Map.entry(GasEstimatorMode.class, "'FeeHistory'"),
            Map.entry(ApiGeneration.class, "'2.15'"),
            Map.entry(SelectionMode.class, "'RoundRobin'"),
            Map.entry(GuardSettings.ProfitGate.class, "'link'"),
            Map.entry(Long.class, "77"),
            Map.entry(Double.class, "0.75"),
            Map.entry(Secret.class, "'https://seven.example.test/secret'"));

    /** Each numeric type in Java and what keys of it hold. */
    private static final Map<Class<?>, Set<Class<?>>> HELD_BY = Map.of(
            Long.class, Set.of(long.class, Long.class, int.class, Integer.class),
            Boolean.class, Set.of(boolean.class, Boolean.class),
            Double.class, Set.of(double.class, Double.class),
            String.class, Set.of(String.class, ChainType.class));

    static Stream<ConfigKey> configKeys() {
        return ConfigKeys.all().stream().filter(key -> !key.type().equals(KeyTypes.ANY));
    }

    static Stream<ConfigKey> secretKeys() {
        return ConfigKeys.secrets().stream();
    }

    @Test
    void everyKey_isDeclaredOnceAndDocumented() {
        for (List<ConfigKey> table : List.of(ConfigKeys.all(), ConfigKeys.secrets())) {
            assertThat(table.stream().map(key -> key.path().toLowerCase(Locale.ROOT)))
                    .doesNotHaveDuplicates();
            assertThat(table).allSatisfy(key -> {
                assertThat(key.doc()).as(key.path()).hasSizeGreaterThan(10).endsWith(".");
                assertThat(key.doc()).as(key.path()).doesNotContain("|");
            });
        }
    }

    @Test
    void everyKey_isOneOfTheGoNodes_orStandsUnderCarabinerAndIsQuiet() {
        var recorded = new HashSet<>(
                Golden.text(Golden.ROOT.resolve("v2.31/keys.txt")).lines().toList());
        var ours = new HashSet<String>();
        for (ConfigKey key : ConfigKeys.all()) {
            if (key.path().startsWith(CarabinerKeys.ROOT + ".")) {
                assertThat(key.printed())
                        .as(key.path() + " is shown only when set")
                        .isFalse();
            } else {
                ours.add(key.shownPath());
            }
        }
        assertThat(ours).as("docs/decisions/0006-own-keys-under-carabiner.md").isEqualTo(recorded);
    }

    @Test
    void everyDefault_canBeReadAndPrintedAgain() {
        configKeys().forEach(key -> key.defaultValue().ifPresent(value -> {
            assertThat(value).as(key.path()).isInstanceOf(key.type().javaType());
            assertThat(key.type().printer().apply(value)).as(key.path()).isNotBlank();
        }));
    }

    @ParameterizedTest
    @MethodSource("configKeys")
    void everyKey_isReadUnderItsName_inAnyCase(ConfigKey key) {
        String sample = sample(key);
        Section canonical = read(document(key, sample, false), Schema.CONFIG);
        Section lowered = read(document(key, sample, true), Schema.CONFIG);

        Object value = find(canonical, key);
        assertThat(value).isInstanceOf(key.type().javaType());
        assertThat(find(lowered, key)).isEqualTo(value);
        assertThat(Optional.of(value)).as("a sample differs from the default").isNotEqualTo(key.defaultValue());
        assertThat(read(TomlPrinter.set(canonical), Schema.CONFIG)).satisfies(again -> assertThat(find(again, key))
                .as("printed and read again")
                .isEqualTo(value));
    }

    @ParameterizedTest
    @MethodSource("secretKeys")
    void everySecret_isReadUnderItsNameAndPrintedMasked(ConfigKey key) {
        Section section = read(document(key, sample(key), false), Schema.SECRETS);

        assertThat(find(section, key)).isInstanceOf(key.type().javaType());
        assertThat(TomlPrinter.set(section)).doesNotContain("seven.example.test");
    }

    @Test
    void everyRecordComponent_isBoundToExactlyOneKeyThatItCanHold() {
        var bound = new HashMap<String, String>();
        bind(NodeConfig.Sections.class, Schema.CONFIG.root(), bound);
        bind(Secrets.class, Schema.SECRETS.root(), new HashMap<>());
        assertThat(bound).hasSizeGreaterThan(150);
    }

    @Test
    void everyLiveKey_reachesATypedComponent() {
        var bound = new HashMap<String, String>();
        bind(NodeConfig.Sections.class, Schema.CONFIG.root(), bound);
        Set<String> live = new HashSet<>();
        ConfigKeys.all().stream().filter(key -> key.use() == ConfigKey.Use.LIVE).forEach(key -> live.add(key.path()));
        assertThat(bound.keySet()).containsAll(live);
    }

    private static void bind(Class<?> type, Schema.Table schema, Map<String, String> bound) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = type.getSimpleName() + "." + component.getName();
            switch (Binder.item(component, schema)) {
                case Schema.KeyItem(ConfigKey key) -> {
                    assertThat(holds(component, key))
                            .as(name + " holds " + key.path())
                            .isTrue();
                    assertThat(bound.put(key.path(), name)).as(name).isNull();
                }
                case Schema.TableItem item
                when component.getType() == Map.class ->
                    assertThat(item.table().free()).as(name).isTrue();
                case Schema.TableItem item -> bind(component.getType(), item.table(), bound);
                case Schema.ListItem item -> bind(argument(component), item.table(), bound);
            }
        }
    }

    private static boolean holds(RecordComponent component, ConfigKey key) {
        boolean optional = component.getType() == Optional.class;
        Class<?> held = optional ? argument(component) : component.getType();
        boolean fits = HELD_BY.getOrDefault(
                        key.type().javaType(), Set.of(key.type().javaType()))
                .contains(held);
        boolean required = Set.of(
                        "EVM[].ChainID", "EVM[].Nodes[].Name", "EVM[].KeySpecific[].Key", "Carabiner.EVM[].ChainID")
                .contains(key.path());
        return fits && (optional || required || key.defaultText().isPresent());
    }

    private static Class<?> argument(RecordComponent component) {
        Type argument = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        return (Class<?>) (argument instanceof ParameterizedType generic ? generic.getRawType() : argument);
    }

    private static String sample(ConfigKey key) {
        if (key.type().javaType() == Boolean.class) {
            return key.defaultText().orElse("false").equals("true") ? "false" : "true";
        }
        if (key.type().equals(KeyTypes.PEER_ID)) {
            return "'12D3KooWMoejJznyDuEk5aX6GvbjaG12UzeornPCBNzMRqdwrFJw'";
        }
        if (key.type().equals(KeyTypes.BOOTSTRAPPERS)) {
            return "['12D3KooWMoejJznyDuEk5aX6GvbjaG12UzeornPCBNzMRqdwrFJw@seven:77']";
        }
        if (key.type().equals(KeyTypes.DESTINATIONS)) {
            return "['seven.test']";
        }
        if (key.type().equals(KeyTypes.ADDRESSES)) {
            return "['0x5FbDB2315678afecb367f032d93F642f64180aa3']";
        }
        if (key.type().javaType() == List.class) {
            return "['Seven: seven']";
        }
        return SAMPLES.getOrDefault(key.type().javaType(), "'seven'");
    }

    /** A file that sets this one key. */
    private static String document(ConfigKey key, String value, boolean lowered) {
        var text = new StringBuilder();
        var sections = new ArrayList<String>();
        List<String> steps = List.of(key.path().split("\\.", -1));
        for (int i = 0; i < steps.size() - 1; i++) {
            String step = steps.get(i).equals("*") ? "Chosen" : steps.get(i);
            boolean list = step.endsWith("[]");
            sections.add(shown(list ? step.substring(0, step.length() - 2) : step, lowered));
            String path = String.join(".", sections);
            text.append(list ? "[[" + path + "]]\n" : "[" + path + "]\n");
        }
        String name = key.name().equals("*") ? "Chosen" : key.name();
        return text + shown(name, lowered) + " = " + value + "\n";
    }

    /** Names that the operator chooses keep their case. */
    private static String shown(String name, boolean lowered) {
        return lowered && !name.equals("Chosen") ? name.toLowerCase(Locale.ROOT) : name;
    }

    private static Section read(String toml, Schema schema) {
        var reader = new TomlReader("sample.toml", false);
        Section section = reader.read(toml, schema.root());
        assertThat(reader.faults()).as(toml).isEmpty();
        return section;
    }

    private static Object find(Section root, ConfigKey key) {
        Section section = root;
        List<String> steps = List.of(key.path().split("\\.", -1));
        for (int i = 0; i < steps.size() - 1; i++) {
            String step = steps.get(i).equals("*") ? "Chosen" : steps.get(i);
            section = step.endsWith("[]")
                    ? section.list(step.substring(0, step.length() - 2)).getFirst()
                    : section.sections().get(step);
        }
        return section.values()
                .get(key.name().equals("*") ? "Chosen" : key.name())
                .value();
    }
}
