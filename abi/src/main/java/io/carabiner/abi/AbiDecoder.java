package io.carabiner.abi;

import io.carabiner.primitives.Bytes;
import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads ABI-encoded values with the checks and messages of the Go node's library. */
public final class AbiDecoder {

    /** How many elements all lists of one value may have: each needs a word, but places may be shared. */
    static final int ELEMENTS_LIMIT = 100_000;

    private static final BigInteger WORD = BigInteger.valueOf(AbiType.WORD);

    private int elements;

    private AbiDecoder() {}

    /** The values of arguments that are not indexed, by name; a name that comes twice has its last value. */
    public static Map<String, PipelineValue> decode(List<AbiText.Argument> arguments, Bytes data) {
        AbiDecoder decoder = new AbiDecoder();
        byte[] bytes = data.toArray();
        Map<String, PipelineValue> values = new LinkedHashMap<>();
        long at = 0;
        for (AbiText.Argument argument : arguments) {
            values.put(argument.name(), decoder.value(argument.type(), bytes, at));
            at += argument.type().headSize();
        }
        return values;
    }

    /** The value of an indexed argument: for types of any length only the hash is known. */
    public static PipelineValue decodeTopic(AbiType type, Bytes topic) {
        return switch (type) {
            case AbiType.Text() -> hash(topic);
            case AbiType.ByteString() -> hash(topic);
            case AbiType.Array ignored -> hash(topic);
            case AbiType.Tuple ignored -> hash(topic);
            default -> new AbiDecoder().value(type, topic.toArray(), 0);
        };
    }

    private static PipelineValue hash(Bytes topic) {
        return new PipelineValue.Binary(topic, PipelineValue.BinaryKind.HASH);
    }

    private PipelineValue value(AbiType type, byte[] data, long at) {
        if (at + AbiType.WORD > data.length) {
            throw new TaskFailure("abi: cannot marshal in to go type: length insufficient " + data.length + " require "
                    + (at + AbiType.WORD));
        }
        byte[] word = Arrays.copyOfRange(data, (int) at, (int) at + AbiType.WORD);
        return switch (type) {
            case AbiType.Int number -> number(number, word);
            case AbiType.Bool() -> bool(word);
            case AbiType.Account() ->
                new PipelineValue.Binary(Bytes.of(word).slice(12, 32), PipelineValue.BinaryKind.ADDRESS);
            case AbiType.FixedBytes(int size) ->
                new PipelineValue.Binary(Bytes.of(word).slice(0, size), PipelineValue.BinaryKind.FIXED);
            case AbiType.Text() ->
                PipelineValue.text(Coerce.utf8(section(data, word).of(data)));
            case AbiType.ByteString() ->
                PipelineValue.bytes(Bytes.of(section(data, word).of(data)));
            case AbiType.Array array -> array(array, data, at, word);
            case AbiType.Tuple tuple -> tuple(tuple, data, at, word);
        };
    }

    private static PipelineValue number(AbiType.Int type, byte[] word) {
        BigInteger value = type.signed() ? new BigInteger(word) : new BigInteger(1, word);
        if (!AbiType.isNative(type.bits())) {
            return PipelineValue.big(value);
        }
        boolean fits = type.signed() ? value.bitLength() < type.bits() : value.bitLength() <= type.bits();
        if (!fits) {
            throw new TaskFailure("abi: improperly encoded " + type.canonical() + " value");
        }
        return new PipelineValue.Whole(
                value, PipelineValue.WholeKind.valueOf(type.canonical().toUpperCase(java.util.Locale.ROOT)));
    }

    private static PipelineValue bool(byte[] word) {
        BigInteger value = new BigInteger(1, word);
        if (value.bitLength() > 1) {
            throw new TaskFailure("abi: improperly encoded boolean value");
        }
        return PipelineValue.bool(value.signum() == 1);
    }

    /** A stretch of the data behind its length. */
    private record Section(int begin, int length) {
        byte[] of(byte[] data) {
            return Arrays.copyOfRange(data, begin, begin + length);
        }
    }

    private static Section section(byte[] data, byte[] word) {
        BigInteger size = BigInteger.valueOf(data.length);
        BigInteger begin = new BigInteger(1, word).add(WORD);
        if (begin.compareTo(size) > 0) {
            throw new TaskFailure("abi: cannot marshal in to go slice: offset " + begin
                    + " would go over slice boundary (len=" + size + ")");
        }
        int at = begin.intValue();
        BigInteger length = new BigInteger(1, Arrays.copyOfRange(data, at - AbiType.WORD, at));
        BigInteger end = begin.add(length);
        if (end.bitLength() >= Long.SIZE) {
            throw new TaskFailure("abi: length larger than int64: " + end);
        }
        if (end.compareTo(size) > 0) {
            throw new TaskFailure("abi: cannot marshal in to go type: length insufficient " + size + " require " + end);
        }
        return new Section(at, length.intValue());
    }

    private PipelineValue array(AbiType.Array type, byte[] data, long at, byte[] word) {
        List<PipelineValue> items;
        if (type.size().isEmpty()) {
            Section section = section(data, word);
            items = elements(type.element(), Arrays.copyOfRange(data, section.begin(), data.length), section.length());
        } else if (type.element().isDynamic()) {
            items = elements(type.element(), from(data, word), type.size().getAsInt());
        } else {
            items = elements(
                    type.element(),
                    Arrays.copyOfRange(data, (int) at, data.length),
                    type.size().getAsInt());
        }
        return asList(type, items);
    }

    /** A list of bytes is bytes, as in Go. */
    private static PipelineValue asList(AbiType.Array type, List<PipelineValue> items) {
        if (type.element() instanceof AbiType.Int(int bits, boolean signed) && bits == 8 && !signed) {
            byte[] bytes = new byte[items.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = items.get(i) instanceof PipelineValue.Whole whole
                        ? whole.value().byteValue()
                        : 0;
            }
            return new PipelineValue.Binary(
                    Bytes.of(bytes),
                    type.size().isPresent() ? PipelineValue.BinaryKind.FIXED : PipelineValue.BinaryKind.BYTES);
        }
        return new PipelineValue.Items(items, type.element().goType());
    }

    private static byte[] from(byte[] data, byte[] word) {
        BigInteger offset = new BigInteger(1, word);
        if (offset.compareTo(BigInteger.valueOf(data.length)) > 0) {
            throw new TaskFailure("abi: toGoType offset greater than output length: offset: " + offset
                    + ", len(output): " + data.length);
        }
        return Arrays.copyOfRange(data, offset.intValue(), data.length);
    }

    private List<PipelineValue> elements(AbiType element, byte[] data, int count) {
        long size = element.headSize();
        if ((long) AbiType.WORD * count > data.length) {
            throw new TaskFailure("abi: cannot marshal into go array: offset " + data.length
                    + " would go over slice boundary (len=" + (long) AbiType.WORD * count + ")");
        }
        elements += count;
        if (elements > ELEMENTS_LIMIT) {
            throw new TaskFailure("abi: the lists have more than " + ELEMENTS_LIMIT + " elements");
        }
        List<PipelineValue> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(value(element, data, i * size));
        }
        return items;
    }

    private PipelineValue tuple(AbiType.Tuple type, byte[] data, long at, byte[] word) {
        byte[] inner = type.isDynamic() ? from(data, word) : Arrays.copyOfRange(data, (int) at, data.length);
        Map<String, PipelineValue> fields = new LinkedHashMap<>();
        long place = 0;
        for (AbiType.Component component : type.components()) {
            fields.put(component.name(), value(component.type(), inner, place));
            place += component.type().headSize();
        }
        return PipelineValue.map(fields);
    }
}
