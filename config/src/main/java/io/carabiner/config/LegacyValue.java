package io.carabiner.config;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.tomlj.Toml;

/** Reads the text of a variable as a value of the key that it became. Pure. */
final class LegacyValue {

    private static final Map<String, String> LOCKING_MODES =
            Map.of("dual", "true", "lease", "true", "advisorylock", "true", "none", "false");
    private static final Map<String, String> NETWORKING_STACKS = Map.of("V1", "false", "V1V2", "true", "V2", "true");
    private static final Map<String, String> GAS_UPDATER = Map.of("true", "BlockHistory", "false", "FixedPrice");
    private static final Map<String, String> ESTIMATOR_NAMES = Map.of("Optimism2", "SuggestedPrice");

    private LegacyValue() {}

    /**
     * A value for the key.
     *
     * @param variable its name, since some mean their text in their own way
     * @throws BadValueException if the text is none
     */
    static Object read(String variable, String text, KeyType type) throws BadValueException {
        return type.parser().parse(toml(meaning(variable, text.strip()), type));
    }

    private static String meaning(String variable, String text) throws BadValueException {
        return switch (variable) {
            case "DATABASE_LOCKING_MODE" -> oneOf(LOCKING_MODES, text);
            case "P2P_NETWORKING_STACK" -> oneOf(NETWORKING_STACKS, text);
            case "GAS_UPDATER_ENABLED" -> oneOf(GAS_UPDATER, Boolean.toString(truth(text)));
            case "GAS_ESTIMATOR_MODE" -> ESTIMATOR_NAMES.getOrDefault(text, text);
            case "AUDIT_LOGGER_HEADERS" ->
                text.lines()
                        .flatMap(line -> Arrays.stream(line.split("\\\\")))
                        .map(header -> header.replace("||", ": "))
                        .collect(Collectors.joining("\n"));
            case "MINIMUM_CONTRACT_PAYMENT_LINK_JUELS" -> text + " juels";
            default -> text;
        };
    }

    private static String oneOf(Map<String, String> meanings, String text) throws BadValueException {
        String meaning = meanings.get(text);
        if (meaning == null) {
            throw new BadValueException("invalid value (" + text + "): must be one of "
                    + meanings.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return meaning;
    }

    /** What TOML would hold for this text. */
    private static Object toml(String text, KeyType type) throws BadValueException {
        if (type.javaType() == Boolean.class) {
            return truth(text);
        }
        if (type.javaType() == Long.class) {
            return number(text);
        }
        if (type.javaType() == java.util.List.class) {
            String entries = Arrays.stream(text.split(text.contains("\n") ? "\n" : "\\s+"))
                    .filter(entry -> !entry.isBlank())
                    .map(TomlPrinter::quote)
                    .collect(Collectors.joining(", "));
            return Toml.parse("list = [" + entries + "]").getArrayOrEmpty("list");
        }
        return type.javaType() == Double.class ? decimal(text) : text;
    }

    /** As Go's strconv.ParseBool. */
    static boolean truth(String text) throws BadValueException {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new BadValueException("invalid value: must be true or false");
        };
    }

    private static Object number(String text) throws BadValueException {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException _) {
            throw new BadValueException("invalid value (" + text + "): must be a whole number");
        }
    }

    private static Object decimal(String text) throws BadValueException {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException _) {
            throw new BadValueException("invalid value (" + text + "): must be a number");
        }
    }
}
