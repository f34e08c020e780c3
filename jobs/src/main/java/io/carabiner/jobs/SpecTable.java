package io.carabiner.jobs;

import io.carabiner.config.Spelling;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** The top-level keys of a spec, with the Go node's conversions and its words for what cannot be converted. */
final class SpecTable {

    private final String source;
    private final TomlTable table;
    private final List<SpecFault> faults = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();

    SpecTable(String source, TomlTable table) {
        this.source = source;
        this.table = table;
    }

    String source() {
        return source;
    }

    List<SpecFault> faults() {
        return faults;
    }

    void report(SpecFault fault) {
        faults.add(fault);
    }

    static List<SpecFault> syntaxFaults(List<TomlParseError> errors) {
        List<SpecFault> faults = new ArrayList<>();
        for (TomlParseError error : errors) {
            TomlPosition at = error.position();
            faults.add(new SpecFault(
                    at.line(), at.column(), "(" + at.line() + ", " + at.column() + "): " + error.getMessage()));
        }
        return faults;
    }

    /** The value, under its name in the reference or with a capital first letter, as the Go node's library takes it. */
    @Nullable
    Object value(String key) {
        asked.add(key);
        Object value = table.get(List.of(key));
        return value != null ? value : table.get(List.of(capital(key)));
    }

    /** One for each key that nobody has looked for. */
    List<SpecFault> unread() {
        Set<String> known = new TreeSet<>(asked);
        asked.forEach(key -> known.add(capital(key)));
        return table.keySet().stream()
                .filter(key -> !known.contains(key))
                .map(key -> place(
                        key,
                        "jobs of this type have no key " + key
                                + Spelling.nearest(key, asked)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("")))
                .toList();
    }

    private static String capital(String key) {
        return key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
    }

    private @Nullable TomlPosition position(String key) {
        TomlPosition at = table.inputPositionOf(List.of(key));
        return at != null ? at : table.inputPositionOf(List.of(capital(key)));
    }

    /** A fault at a key, with the place in the Go node's form before it. */
    SpecFault fault(String key, String message) {
        TomlPosition at = position(key);
        return at == null
                ? new SpecFault(0, 0, message)
                : new SpecFault(at.line(), at.column(), "(" + at.line() + ", " + at.column() + "): " + message);
    }

    /** A fault at a key whose text has no place in it. */
    SpecFault place(String key, String message) {
        TomlPosition at = position(key);
        return at == null ? new SpecFault(0, 0, message) : new SpecFault(at.line(), at.column(), message);
    }

    /** The line on which the text of a multi-line string begins: the next one if its quotes end their line. */
    int firstTextLine(String key) {
        TomlPosition at = position(key);
        if (at == null) {
            return 1;
        }
        String line = source.lines().skip(at.line() - 1L).findFirst().orElse("").stripTrailing();
        return line.endsWith("\"\"\"") || line.endsWith("'''") ? at.line() + 1 : at.line();
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(value(key)).map(String::valueOf);
    }

    boolean bool(String key) {
        Object value = value(key);
        if (value != null && !(value instanceof Boolean)) {
            report(fault(key, "Can't convert " + shown(value) + " to bool"));
        }
        return Boolean.TRUE.equals(value);
    }

    Optional<UUID> uuid(String key) {
        Object value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(GoText.uuid(String.valueOf(value)));
        } catch (IllegalArgumentException e) {
            report(fault(key, "unmarshal text: " + e.getMessage()));
            return Optional.empty();
        }
    }

    /** An unsigned number, written as a number, a whole float or text. */
    OptionalLong unsigned(String key, long max, Consumer<SpecFault> report) {
        Object value = value(key);
        if (value == null) {
            return OptionalLong.empty();
        }
        String text = value instanceof Double number && number == Math.rint(number)
                ? String.valueOf(number.longValue())
                : String.valueOf(value);
        if (!text.matches("[0-9]+")) {
            report.accept(fault(key, "unmarshal text: strconv.ParseUint: parsing \"" + text + "\": invalid syntax"));
            return OptionalLong.empty();
        }
        BigInteger number = new BigInteger(text);
        if (number.compareTo(BigInteger.valueOf(max)) > 0) {
            report.accept(
                    fault(key, "unmarshal text: strconv.ParseUint: parsing \"" + text + "\": value out of range"));
            return OptionalLong.empty();
        }
        return OptionalLong.of(number.longValue());
    }

    Duration duration(String key, Consumer<SpecFault> report) {
        Object value = value(key);
        if (value == null) {
            return Duration.ZERO;
        }
        try {
            return GoText.duration(String.valueOf(value));
        } catch (IllegalArgumentException e) {
            report.accept(fault(key, "unmarshal text: " + e.getMessage()));
            return Duration.ZERO;
        }
    }

    static Optional<List<Object>> items(Object value) {
        return value instanceof TomlArray array ? Optional.of(array.toList()) : Optional.empty();
    }

    /** A value with its type, as the Go node's library prints it. */
    static String shown(Object value) {
        String type =
                switch (value) {
                    case Long ignored -> "int64";
                    case Double ignored -> "float64";
                    case Boolean ignored -> "bool";
                    case String ignored -> "string";
                    default -> value.getClass().getSimpleName();
                };
        return value + "(" + type + ")";
    }
}
