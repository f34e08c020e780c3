package io.carabiner.abi;

import io.carabiner.primitives.Bytes;
import io.carabiner.values.Coerce;
import io.carabiner.values.Decimals;
import io.carabiner.values.GoNumbers;
import io.carabiner.values.GoText;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Writes values in the ABI's form, with the Go node's conversions; but a number that its type cannot hold is an error,
 * where the Go node would cut it to fit.
 */
public final class AbiEncoder {

    private AbiEncoder() {}

    /** The values of all arguments; a failure names the argument. */
    public static Bytes encode(List<AbiText.Argument> arguments, Map<String, PipelineValue> values) {
        List<AbiType> types = new ArrayList<>();
        List<PipelineValue> ordered = new ArrayList<>();
        for (AbiText.Argument argument : arguments) {
            PipelineValue value = values.get(argument.name());
            if (value == null) {
                throw TaskFailure.badInput("ETHABIEncode: argument '" + argument.name() + "' is missing");
            }
            types.add(argument.type());
            ordered.add(value);
        }
        List<byte[]> encoded = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            encoded.add(named(arguments.get(i), ordered.get(i)));
        }
        return Bytes.of(join(types, encoded));
    }

    private static byte[] named(AbiText.Argument argument, PipelineValue value) {
        try {
            return encode(argument.type(), value);
        } catch (TaskFailure e) {
            throw TaskFailure.badInput("ETHABIEncode: while converting argument '" + argument.name() + "' from "
                    + shownType(argument.type(), value) + " to "
                    + argument.type().canonical() + ": " + withoutTag(e.text(), argument.type()));
        }
    }

    /** The Go node has lost the value's type when it writes the message, but for two kinds. */
    private static String shownType(AbiType type, PipelineValue value) {
        if (type instanceof AbiType.ByteString && value instanceof PipelineValue.Text) {
            return "[]uint8";
        }
        return type instanceof AbiType.Bool && value instanceof PipelineValue.Text ? "bool" : "<nil>";
    }

    private static String withoutTag(String text, AbiType type) {
        boolean number = innermost(type) instanceof AbiType.Int;
        String tag = ": bad input for task";
        boolean lengthFault = text.startsWith("incorrect length") || text.startsWith("cannot convert");
        return number && !lengthFault && text.endsWith(tag) ? text.substring(0, text.length() - tag.length()) : text;
    }

    private static AbiType innermost(AbiType type) {
        return type instanceof AbiType.Array array ? innermost(array.element()) : type;
    }

    private static byte[] encode(AbiType type, PipelineValue value) {
        return switch (type) {
            case AbiType.Int number -> number(number, value);
            case AbiType.Bool() -> word(BigInteger.valueOf(bool(value) ? 1 : 0));
            case AbiType.Account() -> leftPadded(fixed(value, 20, type));
            case AbiType.FixedBytes(int size) -> rightPadded(fixed(value, size, type));
            case AbiType.Text() -> counted(text(value));
            case AbiType.ByteString() -> counted(bytes(value));
            case AbiType.Array array -> array(array, value);
            case AbiType.Tuple tuple -> tuple(tuple, value);
        };
    }

    private static byte[] number(AbiType.Int type, PipelineValue value) {
        BigDecimal decimal = Coerce.decimal(value);
        if (!Decimals.fits(decimal)) {
            throw TaskFailure.badInput("overflow");
        }
        BigInteger whole = decimal.toBigInteger();
        boolean fits = type.signed()
                ? whole.bitLength() < type.bits()
                : whole.signum() >= 0 && whole.bitLength() <= type.bits();
        if (!fits) {
            throw TaskFailure.badInput("overflow");
        }
        return word(whole);
    }

    private static boolean bool(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Bool(boolean bool) -> bool;
            case PipelineValue.Memo(PipelineValue.Bool(boolean bool)) -> bool;
            case PipelineValue.Text(String text) -> GoNumbers.parseBool(text);
            default -> throw cannot(value, "bool");
        };
    }

    private static TaskFailure cannot(PipelineValue value, String type) {
        return TaskFailure.badInput("cannot convert " + GoText.typeOf(value) + " to " + type);
    }

    private static byte[] text(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case PipelineValue.Memo(PipelineValue.Text(String text)) -> text.getBytes(StandardCharsets.UTF_8);
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind kind)
            when kind == PipelineValue.BinaryKind.BYTES -> bytes.toArray();
            default -> throw cannot(value, "string");
        };
    }

    private static byte[] bytes(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Text(String text) when Coerce.hasHexPrefix(text) -> hex(text);
            case PipelineValue.Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case PipelineValue.Memo(PipelineValue.Text text) -> bytes(text);
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind ignored) -> bytes.toArray();
            default -> throw cannot(value, "[]uint8");
        };
    }

    private static byte[] hex(String text) {
        String digits = text.substring(2);
        if (digits.length() % 2 != 0) {
            throw new TaskFailure("hex string of odd length");
        }
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new TaskFailure("invalid hex string");
        }
    }

    private static byte[] fixed(PipelineValue value, int size, AbiType type) {
        String goType = "[" + size + "]uint8";
        byte[] bytes =
                switch (value) {
                    case PipelineValue.Text(String text) when Coerce.hasHexPrefix(text) -> hexOrText(text);
                    case PipelineValue.Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
                    case PipelineValue.Memo(PipelineValue.Text text) -> fixed(text, size, type);
                    case PipelineValue.Binary(Bytes content, PipelineValue.BinaryKind ignored) -> content.toArray();
                    default -> throw cannot(value, goType);
                };
        if (bytes.length != size) {
            throw TaskFailure.badInput("incorrect length: expected " + size + ", got " + bytes.length);
        }
        return bytes;
    }

    private static byte[] hexOrText(String text) {
        try {
            return hex(text);
        } catch (TaskFailure e) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static byte[] array(AbiType.Array type, PipelineValue value) {
        List<PipelineValue> items = items(value, type);
        OptionalInt size = type.size();
        if (size.isPresent() && size.getAsInt() != items.size()) {
            throw TaskFailure.badInput("incorrect length: expected " + size.getAsInt() + ", got " + items.size());
        }
        List<AbiType> types = new ArrayList<>();
        List<byte[]> encoded = new ArrayList<>();
        for (PipelineValue item : items) {
            types.add(type.element());
            encoded.add(encode(type.element(), item));
        }
        byte[] joined = join(types, encoded);
        return size.isPresent() ? joined : concat(word(BigInteger.valueOf(items.size())), joined);
    }

    private static List<PipelineValue> items(PipelineValue value, AbiType type) {
        return switch (value) {
            case PipelineValue.Items items -> items.items();
            case PipelineValue.Memo(PipelineValue.Items items) -> items.items();
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind ignored) -> octets(bytes);
            default -> throw cannot(value, type.goType());
        };
    }

    private static List<PipelineValue> octets(Bytes bytes) {
        List<PipelineValue> octets = new ArrayList<>();
        for (int i = 0; i < bytes.size(); i++) {
            octets.add(PipelineValue.int64(bytes.at(i) & 0xff));
        }
        return octets;
    }

    private static byte[] tuple(AbiType.Tuple type, PipelineValue value) {
        List<PipelineValue> values = components(type, value);
        List<AbiType> types =
                type.components().stream().map(AbiType.Component::type).toList();
        List<byte[]> encoded = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            encoded.add(encode(types.get(i), values.get(i)));
        }
        return join(types, encoded);
    }

    private static List<PipelineValue> components(AbiType.Tuple type, PipelineValue value) {
        int wanted = type.components().size();
        List<PipelineValue> found = new ArrayList<>();
        switch (value) {
            case PipelineValue.Memo(PipelineValue content) -> {
                return components(type, content);
            }
            case PipelineValue.Fields(Map<String, PipelineValue> fields) -> {
                checkLength(wanted, fields.size());
                for (AbiType.Component component : type.components()) {
                    PipelineValue field = fields.get(component.name());
                    if (field == null) {
                        throw TaskFailure.badInput("element " + component.name() + " is missing");
                    }
                    found.add(field);
                }
            }
            case PipelineValue.Items items -> {
                checkLength(wanted, items.items().size());
                found.addAll(items.items());
            }
            default -> throw cannot(value, type.canonical());
        }
        return found;
    }

    private static void checkLength(int wanted, int found) {
        if (wanted != found) {
            throw TaskFailure.badInput("incorrect length: expected " + wanted + ", got " + found);
        }
    }

    /** Heads and tails. */
    private static byte[] join(List<AbiType> types, List<byte[]> encoded) {
        long offset = types.stream().mapToLong(AbiType::headSize).sum();
        ByteArrayOutputStream heads = new ByteArrayOutputStream();
        ByteArrayOutputStream tails = new ByteArrayOutputStream();
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).isDynamic()) {
                heads.writeBytes(word(BigInteger.valueOf(offset + tails.size())));
                tails.writeBytes(encoded.get(i));
            } else {
                heads.writeBytes(encoded.get(i));
            }
        }
        return concat(heads.toByteArray(), tails.toByteArray());
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] word(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] word = new byte[AbiType.WORD];
        Arrays.fill(word, (byte) (value.signum() < 0 ? 0xff : 0));
        int used = Math.min(bytes.length, AbiType.WORD);
        System.arraycopy(bytes, bytes.length - used, word, AbiType.WORD - used, used);
        return word;
    }

    private static byte[] leftPadded(byte[] bytes) {
        byte[] word = new byte[AbiType.WORD];
        System.arraycopy(bytes, 0, word, AbiType.WORD - bytes.length, bytes.length);
        return word;
    }

    private static byte[] rightPadded(byte[] bytes) {
        return Arrays.copyOf(bytes, AbiType.WORD);
    }

    private static byte[] counted(byte[] bytes) {
        byte[] padded = Arrays.copyOf(bytes, (bytes.length + AbiType.WORD - 1) / AbiType.WORD * AbiType.WORD);
        return concat(word(BigInteger.valueOf(bytes.length)), padded);
    }
}
