package io.carabiner.values;

import io.carabiner.crypto.Eip55;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The JSON form of values: the stored one, and the one that goes out in the bodies of requests, where bytes are base64
 * as Go's own encoder writes them. In both, keys are sorted and {@code <>&} escaped.
 */
public final class ValueJson {

    private enum Form {
        STORED,
        BODY
    }

    private final StringBuilder json = new StringBuilder();
    private final Form form;

    private ValueJson(Form form) {
        this.form = form;
    }

    static Bytes uuidBytes(UUID value) {
        return Bytes.of(ByteBuffer.allocate(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array());
    }

    static PipelineValue read(String json) {
        try {
            return JsonReader.readFirst(json);
        } catch (TaskFailure e) {
            throw new IllegalArgumentException("not JSON: " + e.text(), e);
        }
    }

    /** The stored and shown form. */
    public static String write(PipelineValue value) {
        return new ValueJson(Form.STORED).append(value).json.toString();
    }

    /** The form in bodies of requests. */
    public static String writeBody(PipelineValue value) {
        return new ValueJson(Form.BODY).append(value).json.toString();
    }

    private ValueJson append(PipelineValue value) {
        switch (value) {
            case PipelineValue.Null ignored -> json.append("null");
            case PipelineValue.Bool bool -> json.append(bool.value());
            case PipelineValue.Text text -> appendText(text.value());
            case PipelineValue.Whole whole -> json.append(whole.value());
            case PipelineValue.Floating floating -> appendFloat(floating.value());
            case PipelineValue.Decimal decimal -> appendText(Decimals.plain(decimal.value()));
            case PipelineValue.Binary binary -> appendBinary(binary);
            case PipelineValue.Items items -> appendItems(items);
            case PipelineValue.Fields fields -> appendFields(fields.fields());
            case PipelineValue.AnyKeyed keyed -> appendFields(GoText.textKeys(keyed));
            case PipelineValue.Memo memo -> append(memo.content());
        }
        return this;
    }

    private void appendFloat(double value) {
        if (Double.isFinite(value)) {
            json.append(GoText.jsonFloat(value));
        } else {
            appendText(GoText.print(new PipelineValue.Floating(value)));
        }
    }

    private void appendBinary(PipelineValue.Binary binary) {
        if (form == Form.BODY && binary.kind() == PipelineValue.BinaryKind.BYTES) {
            appendText(Base64.getEncoder().encodeToString(binary.value().toArray()));
        } else if (form == Form.BODY && binary.kind() == PipelineValue.BinaryKind.FIXED) {
            appendByteList(binary.value());
        } else if (form == Form.STORED && binary.kind() == PipelineValue.BinaryKind.ADDRESS) {
            appendText(Eip55.format(new Address(binary.value())));
        } else {
            appendText(binary.value().toString());
        }
    }

    private void appendByteList(Bytes bytes) {
        json.append('[');
        for (int i = 0; i < bytes.size(); i++) {
            json.append(i == 0 ? "" : ",").append(bytes.at(i) & 0xff);
        }
        json.append(']');
    }

    private void appendItems(PipelineValue.Items items) {
        json.append('[');
        String between = "";
        for (PipelineValue item : items.items()) {
            json.append(between);
            append(item);
            between = ",";
        }
        json.append(']');
    }

    private void appendFields(Map<String, PipelineValue> fields) {
        json.append('{');
        String between = "";
        for (Map.Entry<String, PipelineValue> field : new TreeMap<>(fields).entrySet()) {
            json.append(between);
            appendText(field.getKey());
            json.append(':');
            append(field.getValue());
            between = ",";
        }
        json.append('}');
    }

    private void appendText(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> appendEscaped(character);
                default -> appendPlain(text, i, character);
            }
        }
        json.append('"');
    }

    private void appendPlain(String text, int at, char character) {
        if (character < 0x20) {
            appendEscaped(character);
        } else if (Character.isSurrogate(character) && !isPaired(text, at)) {
            json.append('\ufffd');
        } else {
            json.append(character);
        }
    }

    private static boolean isPaired(String text, int at) {
        char character = text.charAt(at);
        return Character.isHighSurrogate(character)
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private void appendEscaped(char character) {
        json.append(String.format("\\u%04x", (int) character));
    }
}
