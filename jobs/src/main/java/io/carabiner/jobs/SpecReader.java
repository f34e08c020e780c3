package io.carabiner.jobs;

import io.carabiner.crypto.Eip55;
import io.carabiner.primitives.Address;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/**
 * What a {@link JobType} reads its own keys with. Values are converted as the Go node's library does, faults are
 * collected with line and column, in the Go node's words. For one thread.
 */
public final class SpecReader {

    /** The largest value of the Go node's {@code uint32}. */
    public static final long UINT32_MAX = 0xffff_ffffL;

    private final SpecTable table;
    private final List<SpecFault> faults = new ArrayList<>();

    SpecReader(SpecTable table) {
        this.table = table;
    }

    List<SpecFault> faults() {
        return faults;
    }

    /** Refuses the spec for a reason that has no place in it. */
    public void refuse(String message) {
        faults.add(new SpecFault(0, 0, message));
    }

    /** Refuses a key's value; the place is written before the message: {@code (5, 1): …}. */
    public void refuse(String key, String message) {
        faults.add(table.fault(key, message));
    }

    /** Refuses a key's value, with the place beside the message, not in it. */
    public void refuseSilently(String key, String message) {
        faults.add(table.place(key, message));
    }

    /** A key's place in the Go node's form, {@code (5, 1): }; empty if the key is missing. */
    public String place(String key) {
        return table.fault(key, "").message();
    }

    /** A value with its type, as the Go node's library prints it: {@code 5(int64)}. */
    public static String shown(Object value) {
        return SpecTable.shown(value);
    }

    /**
     * Reads a duration in Go's form.
     *
     * @throws IllegalArgumentException if it is none, in Go's words
     */
    public static Duration goDuration(String text) {
        return GoText.duration(text);
    }

    /** The value as the TOML library gives it, under its name or with a capital first letter; null if it is missing. */
    public @Nullable Object value(String key) {
        return table.value(key);
    }

    /** A text; other values as they are printed. */
    public Optional<String> text(String key) {
        return table.text(key);
    }

    /** A truth value, false if it is missing. */
    public boolean bool(String key) {
        Object value = value(key);
        if (value != null && !(value instanceof Boolean)) {
            refuse(key, "Can't convert " + SpecTable.shown(value) + " to bool");
        }
        return Boolean.TRUE.equals(value);
    }

    /** A whole number from 0 to a limit, written as a number, a whole float or text. */
    public OptionalLong unsigned(String key, long max) {
        return table.unsigned(key, max, faults::add);
    }

    /** A duration in Go's form; zero if it is missing. */
    public Duration duration(String key) {
        return table.duration(key, faults::add);
    }

    /** A checksummed address. */
    public Optional<Address> address(String key) {
        Object value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Eip55.parse(String.valueOf(value)));
        } catch (IllegalArgumentException e) {
            refuse(key, "unmarshal text: \"" + value + "\" is not a valid EIP55 formatted address");
            return Optional.empty();
        }
    }

    /** A chain's id: a number or text, decimal or hexadecimal. */
    public Optional<BigInteger> chainId(String key) {
        Object value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        Optional<BigInteger> id = GoText.big(String.valueOf(value));
        if (id.isEmpty()) {
            refuse(key, "unmarshal text: unable to convert " + value + " to Big");
        } else if (id.get().signum() < 0) {
            refuseSilently(key, "failed to create services for job: chain id does not exist: " + value);
            return Optional.empty();
        }
        return id;
    }

    /** The chain of a job that must have one; zero where it is refused. */
    public BigInteger requiredChainId() {
        if (value("evmChainID") == null) {
            refuse("CreateJobFailed: evm chain id must be defined");
        }
        return chainId("evmChainID").orElse(BigInteger.ZERO);
    }

    /** An amount of LINK in juels, or with a unit as in {@code 0.5 link}; may be negative. */
    public Optional<BigInteger> juels(String key) {
        Object value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        Optional<BigInteger> juels = GoText.juels(String.valueOf(value));
        if (juels.isEmpty()) {
            refuse(key, "unmarshal text: assets: cannot unmarshal \"" + value + "\" into a *assets.Link");
        }
        return juels;
    }

    /**
     * A list; empty if it is missing or refused.
     *
     * @param goType the Go node's name of the list's type, for the fault's text
     */
    public List<Object> list(String key, String goType) {
        Object value = value(key);
        if (value == null) {
            return List.of();
        }
        Optional<List<Object>> items = SpecTable.items(value);
        if (items.isEmpty()) {
            refuse(key, "Can't convert " + SpecTable.shown(value) + " to " + goType + "(slice)");
        }
        return items.orElse(List.of());
    }

    /**
     * A list of tables; what is refused is left out.
     *
     * @param goType the Go node's name of the list's type, for the fault's text
     */
    public List<Map<String, Object>> tables(String key, String goType) {
        List<Map<String, Object>> tables = new ArrayList<>();
        for (Object item : list(key, goType)) {
            if (item instanceof TomlTable inner) {
                tables.add(inner.toMap());
            } else {
                refuse(key, "Can't convert " + SpecTable.shown(item) + " to a table");
            }
        }
        return tables;
    }
}
