package io.carabiner.config;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Juels;
import io.carabiner.primitives.Wei;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;

/** Every type of value that a key can have. */
final class KeyTypes {

    static final KeyType BOOL = exact("bool", "*bool", Boolean.class, "false");
    static final KeyType INT = number("int", Long.MIN_VALUE, Long.MAX_VALUE);
    static final KeyType INT32 = number("int32", Integer.MIN_VALUE, Integer.MAX_VALUE);
    static final KeyType INT64 = number("int64", Long.MIN_VALUE, Long.MAX_VALUE);
    static final KeyType UINT16 = number("uint16", 0, 0xFFFF);
    static final KeyType UINT32 = number("uint32", 0, 0xFFFF_FFFFL);
    static final KeyType UINT64 = number("uint64", 0, Long.MAX_VALUE);
    static final KeyType FLOAT =
            new KeyType("float", "*float64", Double.class, KeyTypes::parseFloat, KeyTypes::printFloat, "0.0");
    static final KeyType STRING = new KeyType(
            "string",
            "*string",
            String.class,
            toml -> toml instanceof String text ? text : wrongKind(toml),
            value -> TomlPrinter.quote((String) value),
            "''");

    static final KeyType DURATION =
            KeyType.text("duration", Duration.class, GoDuration::parse, value -> GoDuration.print((Duration) value));
    static final KeyType FILE_SIZE =
            KeyType.text("size", FileSize.class, FileSize::parse, value -> ((FileSize) value).text());
    static final KeyType WEI = KeyType.text("wei", Wei.class, Amounts::parseWei, value -> Amounts.print((Wei) value));
    static final KeyType LINK =
            KeyType.text("link", Juels.class, Amounts::parseJuels, value -> Amounts.print((Juels) value));
    static final KeyType ADDRESS = KeyType.text(
            "address", Address.class, Identifiers::parseAddress, value -> Identifiers.print((Address) value));
    static final KeyType CHAIN_ID = KeyType.text("chain id", ChainId.class, KeyTypes::parseChainId, Object::toString);
    static final KeyType SHA256 = new KeyType(
            "SHA-256",
            "models.Sha256Hash",
            Hash32.class,
            toml -> Identifiers.parseSha256(toml.toString()),
            value -> TomlPrinter.quote(value.toString().substring(2)),
            TomlPrinter.quote("0".repeat(64)));
    static final KeyType PEER_ID = KeyType.text("peer id", String.class, Identifiers::parsePeerId, Object::toString);
    static final KeyType DECIMAL =
            KeyType.text("decimal", BigDecimal.class, KeyTypes::parseDecimal, value -> plain((BigDecimal) value));
    static final KeyType URL = KeyType.text("URL", URI.class, KeyTypes::parseUrl, Object::toString);
    static final KeyType IP = KeyType.text(
            "IP address", InetAddress.class, KeyTypes::parseIp, value -> ((InetAddress) value).getHostAddress());
    static final KeyType LOG_LEVEL = KeyType.text("log level", LogLevel.class, KeyTypes::parseLevel, Object::toString);

    static final KeyType STRINGS = list("list of strings", text -> text);
    static final KeyType BOOTSTRAPPERS = list("list of PeerID@host:port", Identifiers::checkLocator);
    static final KeyType DESTINATIONS = list("list of hosts", Identifiers::checkDestination);
    static final KeyType ADDRESSES = new KeyType(
            "list of addresses",
            "[]types.EIP55Address",
            List.class,
            KeyTypes::parseAddresses,
            value -> printList(((List<?>) value)
                    .stream().map(each -> Identifiers.print((Address) each)).toList()),
            "[]");
    static final KeyType HEADERS = list("list of headers", KeyTypes::parseHeader);

    static final KeyType API_GENERATION = choice(ApiGeneration.class);
    static final KeyType BACKUP_MODE = choice(BackupMode.class);
    static final KeyType AUTHENTICATION = choice(AuthenticationMethod.class);
    static final KeyType ESTIMATOR_MODE = choice(GasEstimatorMode.class);
    static final KeyType PROFIT_GATE = choice(GuardSettings.ProfitGate.class);
    static final KeyType SELECTION_MODE = choice(SelectionMode.class);
    /** Any text here: which one is right depends on the chain id, so the rules decide. */
    static final KeyType CHAIN_TYPE = KeyType.text("chain type", String.class, text -> text, Object::toString);

    static final KeyType SECRET = new KeyType(
            "secret",
            "*models.Secret",
            Secret.class,
            toml -> toml instanceof String text ? Secret.of(text) : wrongKind(toml),
            value -> TomlPrinter.quote(Secret.MASK),
            "''");
    static final KeyType SECRET_URL = new KeyType(
            "secret URL",
            "*models.SecretURL",
            Secret.class,
            KeyTypes::parseSecretUrl,
            value -> TomlPrinter.quote(Secret.MASK),
            "''");
    /** Sections of other kinds of chains: taken as they are. */
    static final KeyType ANY = new KeyType("tables", "any", Object.class, toml -> toml, Object::toString, "");

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[A-Za-z_ :;.,\\\\/\"'?!(){}\\[\\]@<>=\\-+*#$&`|~^%]+");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private KeyTypes() {}

    private static KeyType exact(String name, String goType, Class<?> javaType, String unset) {
        return new KeyType(
                name,
                goType,
                javaType,
                toml -> javaType.isInstance(toml) ? toml : wrongKind(toml),
                Object::toString,
                unset);
    }

    private static KeyType number(String name, long least, long most) {
        return new KeyType(
                name,
                "*" + name,
                Long.class,
                toml -> toml instanceof Long value ? inRange(name, value, least, most) : wrongKind(toml),
                Object::toString,
                "0");
    }

    private static Object inRange(String name, long value, long least, long most) throws BadValueException {
        if (value < least || value > most) {
            throw new BadValueException(
                    (value < 0 ? "negative " : "") + "number " + value + " does not fit in an " + name);
        }
        return value;
    }

    /** The reader adds which key of which type it was. */
    private static Object wrongKind(Object toml) throws BadValueException {
        throw new BadValueException("cannot decode TOML " + KeyType.kindOf(toml));
    }

    private static Object parseFloat(Object toml) throws BadValueException {
        return switch (toml) {
            case Double value -> value;
            case Long value -> value.doubleValue();
            default -> wrongKind(toml);
        };
    }

    private static String printFloat(Object value) {
        String text = BigDecimal.valueOf((Double) value).toPlainString();
        return text.contains(".") ? text : text + ".0";
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static Object parseDecimal(String text) throws BadValueException {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException _) {
            throw new BadValueException("can't convert " + text + " to decimal");
        }
    }

    private static Object parseChainId(String text) throws BadValueException {
        if (!text.matches("[+-]?\\d+")) {
            throw new BadValueException("unable to convert " + text + " to Big");
        }
        if (text.startsWith("-")) {
            throw new BadValueException("invalid value (" + text + "): a chain id is 0 or more");
        }
        return new ChainId(new BigInteger(text));
    }

    private static Object parseUrl(String text) throws BadValueException {
        if (text.startsWith(":")) {
            throw new BadValueException("parse \"" + text + "\": missing protocol scheme");
        }
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new BadValueException("parse \"" + text + "\": " + e.getReason());
        }
    }

    private static Object parseSecretUrl(Object toml) throws BadValueException {
        if (!(toml instanceof String text)) {
            return wrongKind(toml);
        }
        try {
            parseUrl(text);
        } catch (BadValueException _) {
            throw new BadValueException("failed to parse url: " + Secret.MASK);
        }
        return Secret.of(text);
    }

    private static Object parseIp(String text) throws BadValueException {
        if (IPV4.matcher(text).matches() || text.contains(":")) {
            try {
                return InetAddress.ofLiteral(text);
            } catch (IllegalArgumentException _) {
                throw new BadValueException("invalid IP address: " + text);
            }
        }
        throw new BadValueException("invalid IP address: " + text);
    }

    private static Object parseLevel(String text) throws BadValueException {
        String wanted = text.isEmpty() ? "info" : text.toLowerCase(Locale.ROOT);
        for (LogLevel level : LogLevel.values()) {
            if (level.toString().equals(wanted)) {
                return level;
            }
        }
        throw new BadValueException("unrecognized level: \"" + text + "\"");
    }

    private static String parseHeader(String text) throws BadValueException {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1).strip();
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new BadValueException("invalid header name: " + name);
        }
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new BadValueException("invalid header value: " + value);
        }
        return name + ": " + value;
    }

    private static <E extends Enum<E>> KeyType choice(Class<E> values) {
        String names =
                Arrays.stream(values.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
        return KeyType.text("one of " + names, values, text -> choose(values, text, names), Object::toString);
    }

    private static <E extends Enum<E>> Object choose(Class<E> values, String text, String names)
            throws BadValueException {
        for (E value : values.getEnumConstants()) {
            if (value.toString().equals(text)) {
                return value;
            }
        }
        throw new BadValueException("invalid value (" + text + "): must be one of " + names);
    }

    /** Checks one entry of a list and gives it in canonical form. */
    @FunctionalInterface
    private interface EntryParser {
        String parse(String text) throws BadValueException;
    }

    private static KeyType list(String name, EntryParser entry) {
        return new KeyType(name, "*[]string", List.class, toml -> parseList(toml, entry), KeyTypes::printList, "[]");
    }

    private static Object parseList(Object toml, EntryParser entry) throws BadValueException {
        if (!(toml instanceof TomlArray array)) {
            return wrongKind(toml);
        }
        var texts = new java.util.ArrayList<String>();
        for (Object element : array.toList()) {
            if (!(element instanceof String text)) {
                return wrongKind(element);
            }
            texts.add(entry.parse(text));
        }
        return List.copyOf(texts);
    }

    private static Object parseAddresses(Object toml) throws BadValueException {
        var addresses = new java.util.ArrayList<Address>();
        for (Object text : (List<?>) parseList(toml, each -> each)) {
            addresses.add((Address) Identifiers.parseAddress((String) text));
        }
        return List.copyOf(addresses);
    }

    private static String printList(Object value) {
        return ((List<?>) value)
                .stream().map(text -> TomlPrinter.quote((String) text)).collect(Collectors.joining(", ", "[", "]"));
    }
}
