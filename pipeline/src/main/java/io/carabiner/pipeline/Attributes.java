package io.carabiner.pipeline;

import io.carabiner.values.GoNumbers;
import io.carabiner.values.TaskFailure;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The attributes of one task while it is compiled. Names count in any case; an attribute that is missing is an empty
 * text. What cannot be read is collected, not thrown.
 */
final class Attributes {

    private final Map<String, String> byName = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();

    Attributes(Map<String, String> written) {
        written.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
    }

    /** The text of an attribute. */
    String text(String name) {
        asked.add(name);
        return byName.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    boolean has(String name) {
        asked.add(name);
        return byName.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** Begins a parameter that messages name like the attribute. */
    Parameter.Builder parameter(String name) {
        return Parameter.of(name, text(name));
    }

    /** Begins a parameter that messages name otherwise. */
    Parameter.Builder parameter(String name, String label) {
        return Parameter.of(label, text(name));
    }

    boolean bool(String name) {
        if (text(name).isEmpty()) {
            return false;
        }
        try {
            return GoNumbers.parseBool(text(name));
        } catch (TaskFailure e) {
            faults.add("cannot parse '" + name + "' as bool: " + e.text());
            return false;
        }
    }

    Optional<Duration> duration(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(GoNumbers.parseDuration(text(name)));
        } catch (TaskFailure e) {
            faults.add("error decoding '" + name + "': " + e.text());
            return Optional.empty();
        }
    }

    long retries() {
        if (!has("retries")) {
            return 0;
        }
        try {
            BigInteger retries = GoNumbers.parseUint(text("retries"), Integer.SIZE);
            return retries.longValue();
        } catch (TaskFailure e) {
            faults.add("error decoding 'retries': " + e.text());
            return 0;
        }
    }

    int index() {
        if (!has("index")) {
            return -1;
        }
        try {
            int index = text("index").isEmpty() ? 0 : (int) GoNumbers.parseInt(text("index"), Integer.SIZE);
            if (index < 0) {
                faults.add("result sorting indexes should start with 0");
            }
            return index;
        } catch (TaskFailure e) {
            faults.add("cannot parse 'index' as int: " + e.text());
            return -1;
        }
    }

    /** The names that were looked for so far. */
    Set<String> asked() {
        return asked;
    }

    /** A fault that a task type found itself. */
    void fault(String message) {
        faults.add(message);
    }

    /** What could not be read. */
    List<String> faults() {
        return faults;
    }
}
