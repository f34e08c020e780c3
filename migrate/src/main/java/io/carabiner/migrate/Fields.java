package io.carabiner.migrate;

import io.carabiner.crypto.Eip55;
import io.carabiner.primitives.Address;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads values of a version 1 job, and reports what is wrong with them. */
record Fields(Remarks remarks) {

    private static final Pattern BRACKETED = Pattern.compile("(?s)\\s*<.*>\\s*");
    /** More digits than any amount on a chain has. */
    private static final int MAX_DIGITS = 400;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,78}");

    /** A text that stands in a task graph as it is: nothing in it may mean something there. */
    String literal(Located place, String text) {
        if (text.contains("$(")
                || text.contains("'''")
                || text.contains("<{}>")
                || BRACKETED.matcher(text).matches()) {
            remarks.refuse(place, "the text has a meaning of its own in a task graph: " + text);
        }
        return text;
    }

    /** A text or a number; empty if there is none. */
    Optional<String> scalar(Located place) {
        if (!place.present()) {
            return Optional.empty();
        }
        JsonNode node = place.node();
        if (node.isString()) {
            return Optional.of(literal(place, node.asString()));
        }
        if (node.isNumber() && isShort(node.decimalValue())) {
            return Optional.of(node.decimalValue().toPlainString());
        }
        remarks.refuse(place, "a text or a number of at most " + MAX_DIGITS + " digits is wanted here");
        return Optional.empty();
    }

    /** A number, also written as text; empty if there is none. */
    Optional<String> number(Located place) {
        Optional<String> text = scalar(place);
        text.filter(value -> !isNumber(value)).ifPresent(value -> remarks.refuse(place, "not a number: " + value));
        return text;
    }

    private static boolean isNumber(String text) {
        try {
            return isShort(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Whether a number can be written without an exponent in a line of text. */
    private static boolean isShort(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MAX_DIGITS && number.precision() <= MAX_DIGITS;
    }

    /** A whole number that is not negative, also written as text; empty if there is none. */
    Optional<String> whole(Located place) {
        Optional<String> text = scalar(place);
        text.filter(value -> !DIGITS.matcher(value).matches())
                .ifPresent(value -> remarks.refuse(place, "not a whole number: " + value));
        return text;
    }

    /** An address in its checksummed form; empty if there is none or it is wrong. */
    Optional<Address> address(Located place) {
        return scalar(place).flatMap(text -> parsed(place, text));
    }

    private Optional<Address> parsed(Located place, String text) {
        try {
            return Optional.of(Address.fromHex(text.strip()));
        } catch (IllegalArgumentException e) {
            remarks.refuse(place, "not an address: " + text);
            return Optional.empty();
        }
    }

    /** Addresses: a list, or a text with commas. */
    List<String> addresses(Located place) {
        List<String> found = new ArrayList<>();
        if (place.node().isArray()) {
            for (int i = 0; i < place.node().size(); i++) {
                address(place.item(i)).map(Eip55::format).ifPresent(found::add);
            }
            return found;
        }
        for (String text : scalar(place).orElse("").split(",", -1)) {
            if (!text.isBlank()) {
                parsed(place, text).map(Eip55::format).ifPresent(found::add);
            }
        }
        return found;
    }

    /** The keys of a path: a list of texts, or one text with dots. Empty if there is none. */
    Optional<List<String>> path(Located place) {
        if (!place.present()) {
            return Optional.empty();
        }
        if (!place.node().isArray()) {
            return scalar(place).map(text -> List.of(text.split("\\.", -1)));
        }
        return Optional.of(texts(place));
    }

    /** A list of texts. */
    List<String> texts(Located place) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < place.node().size(); i++) {
            texts.add(scalar(place.item(i)).orElse(""));
        }
        return texts;
    }

    /** A JSON value as a text that stands in a task graph. */
    String json(Located place) {
        return literal(place, place.node().toString());
    }
}
