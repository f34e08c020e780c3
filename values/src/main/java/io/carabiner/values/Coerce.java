package io.carabiner.values;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a parameter accepts and what it makes of it: the Go node's rules (core/services/pipeline/task_params.go). */
public final class Coerce {

    private static final BigInteger UINT64_MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);
    private static final int HEX_ADDRESS_LENGTH = 2 + 2 * Address.SIZE;

    private Coerce() {}

    static PipelineValue same(PipelineValue value) {
        return value;
    }

    /** {@code StringParam}: text or bytes. */
    public static String string(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Text(String text) -> text;
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind kind)
            when kind == PipelineValue.BinaryKind.BYTES -> utf8(bytes.toArray());
            case PipelineValue.Memo(PipelineValue.Text(String text)) -> text;
            default -> throw unexpected("string", value);
        };
    }

    /** Bytes as text; what is not UTF-8 becomes U+FFFD. */
    public static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static TaskFailure unexpected(String wanted, PipelineValue value) {
        return TaskFailure.badInput("expected " + wanted + ", got " + GoText.typeOf(value));
    }

    /** {@code BytesParam}: {@code 0x} hex is decoded, other text is taken as it is. */
    public static Bytes bytes(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Text(String text) -> hexOrText(text);
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind kind)
            when kind == PipelineValue.BinaryKind.BYTES -> bytes;
            case PipelineValue.Null() -> Bytes.EMPTY;
            case PipelineValue.Memo(PipelineValue.Text(String text)) -> Bytes.of(text.getBytes(StandardCharsets.UTF_8));
            default -> throw unexpected("array of bytes", value);
        };
    }

    private static Bytes hexOrText(String text) {
        if (hasHexPrefix(text)) {
            try {
                return Bytes.of(HexFormat.of().parseHex(text, 2, text.length()));
            } catch (IllegalArgumentException e) {
                return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a text begins with {@code 0x} or {@code 0X}. */
    public static boolean hasHexPrefix(String text) {
        return text.startsWith("0x") || text.startsWith("0X");
    }

    /** {@code BoolParam}. */
    public static boolean bool(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Text(String text) -> tagged(() -> GoNumbers.parseBool(text));
            case PipelineValue.Bool(boolean bool) -> bool;
            case PipelineValue.Memo(PipelineValue.Bool(boolean bool)) -> bool;
            default -> throw unexpected("true or false", value);
        };
    }

    private interface Reading<T> {
        T read();
    }

    /** Adds Go's sentinel to the message of a library. */
    private static <T> T tagged(Reading<T> reading) {
        try {
            return reading.read();
        } catch (TaskFailure e) {
            throw TaskFailure.badInput(e.text());
        }
    }

    /** An unsigned number of 64 bits; it may look negative in the long. */
    public static BigInteger uint64(PipelineValue value) {
        return unsigned(value, "unsigned integer");
    }

    private static BigInteger unsigned(PipelineValue value, String wanted) {
        return switch (value) {
            case PipelineValue.Text(String text) -> tagged(() -> GoNumbers.parseUint(text, Long.SIZE));
            case PipelineValue.Whole(BigInteger whole, PipelineValue.WholeKind kind)
            when kind != PipelineValue.WholeKind.BIG -> checkUnsigned(whole);
            case PipelineValue.Floating(double floating)
            when floating >= 0 && floating < 0x1p64 -> new BigDecimal(floating).toBigInteger();
            case PipelineValue.Floating floating -> throw castFailure(floating);
            default -> throw unexpected(wanted, value);
        };
    }

    private static BigInteger checkUnsigned(BigInteger whole) {
        if (whole.signum() < 0 || whole.compareTo(UINT64_MAX) > 0) {
            throw castFailure(new PipelineValue.Whole(whole, PipelineValue.WholeKind.INT64));
        }
        return whole;
    }

    private static TaskFailure castFailure(PipelineValue value) {
        return TaskFailure.badInput("cannot cast " + GoText.print(value) + " to uint64");
    }

    /** {@code MaybeUint64Param}: blank text is none. */
    public static Optional<BigInteger> maybeUint64(PipelineValue value) {
        return value instanceof PipelineValue.Text(String text) && text.isBlank()
                ? Optional.empty()
                : Optional.of(unsigned(value, "unsigned integer or nil"));
    }

    /** An amount of gas; zero is none. */
    public static OptionalLong gas(PipelineValue value) {
        BigInteger gas = uint64(value);
        return gas.signum() == 0 ? OptionalLong.empty() : OptionalLong.of(gas.longValue());
    }

    /** {@code MaybeInt32Param}: blank text is none. */
    public static OptionalInt maybeInt32(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Text(String text) when text.isBlank() -> OptionalInt.empty();
            case PipelineValue.Text(String text) ->
                OptionalInt.of((int) (long) tagged(() -> GoNumbers.parseInt(text, Integer.SIZE)));
            case PipelineValue.Whole(BigInteger whole, PipelineValue.WholeKind kind)
            when kind != PipelineValue.WholeKind.BIG -> int32(whole, value);
            case PipelineValue.Floating(double floating)
            when Double.isFinite(floating) -> int32(new BigDecimal(floating).toBigInteger(), value);
            default -> throw unexpected("signed integer or nil", value);
        };
    }

    private static OptionalInt int32(BigInteger whole, PipelineValue value) {
        if (whole.bitLength() >= Integer.SIZE) {
            throw TaskFailure.badInput("overflows int32: " + GoText.print(value));
        }
        return OptionalInt.of(whole.intValue());
    }

    /** {@code DecimalParam}: every kind of number, and text that is one. */
    public static BigDecimal decimal(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Text(String text) -> Decimals.parse(text);
            case PipelineValue.Whole whole -> new BigDecimal(whole.value());
            case PipelineValue.Floating(double floating) -> finite(floating, value);
            case PipelineValue.Decimal(BigDecimal decimal) -> decimal;
            case PipelineValue.Memo(PipelineValue.Decimal(BigDecimal decimal)) -> decimal;
            case PipelineValue.Memo memo -> throw notDecimal(memo, ValueJson.write(memo));
            default -> throw notDecimal(value, GoText.print(value));
        };
    }

    private static BigDecimal finite(double floating, PipelineValue value) {
        if (!Double.isFinite(floating)) {
            throw TaskFailure.badInput("invalid float " + GoText.print(value) + ", cannot convert to decimal");
        }
        return GoText.shortest(floating);
    }

    private static TaskFailure notDecimal(PipelineValue value, String shown) {
        return TaskFailure.badInput(
                "type " + GoText.typeOf(value) + " cannot be converted to decimal.Decimal (" + shown + ")");
    }

    /** {@code AddressParam}: the checksum of the text does not count. */
    public static Address address(PipelineValue value) {
        byte[] bytes =
                switch (value) {
                    case PipelineValue.Binary(Bytes content, PipelineValue.BinaryKind kind)
                    when kind == PipelineValue.BinaryKind.ADDRESS || kind == PipelineValue.BinaryKind.BYTES ->
                        content.toArray();
                    case PipelineValue.Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
                    default -> throw unexpected("common.Address", value);
                };
        if (bytes.length == Address.SIZE) {
            return Address.of(bytes);
        }
        if (bytes.length == HEX_ADDRESS_LENGTH && hasHexPrefix(utf8(bytes))) {
            try {
                return Address.fromHex(utf8(bytes));
            } catch (IllegalArgumentException e) {
                throw TaskFailure.badInput("expected common.Address, got []uint8");
            }
        }
        throw TaskFailure.badInput("expected common.Address, got []uint8");
    }

    /** {@code AddressSliceParam}. */
    public static List<Address> addresses(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Null() -> List.of();
            case PipelineValue.Items(List<PipelineValue> items, String ignored) ->
                items.stream().map(Coerce::addressOfSlice).toList();
            case PipelineValue.Text(String text) -> addresses(unmarshalSlice("AddressSliceParam", text));
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind kind)
            when kind == PipelineValue.BinaryKind.BYTES ->
                addresses(unmarshalSlice("AddressSliceParam", utf8(bytes.toArray())));
            default -> throw TaskFailure.badInput("AddressSliceParam: cannot convert " + GoText.typeOf(value));
        };
    }

    private static PipelineValue unmarshalSlice(String parameter, String json) {
        try {
            return unmarshal(json);
        } catch (TaskFailure e) {
            throw TaskFailure.badInput(parameter + ": " + e.text());
        }
    }

    private static Address addressOfSlice(PipelineValue value) {
        try {
            return address(value);
        } catch (TaskFailure e) {
            throw TaskFailure.badInput("AddressSliceParam: " + e.text());
        }
    }

    /** A map, or null for nothing: callers tell both apart. */
    public static Optional<Map<String, PipelineValue>> map(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Null() -> Optional.empty();
            case PipelineValue.Fields(Map<String, PipelineValue> fields) -> Optional.of(fields);
            case PipelineValue.Memo(PipelineValue.Fields(Map<String, PipelineValue> fields)) -> Optional.of(fields);
            case PipelineValue.Text(String text) -> mapOfJson(text);
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind kind)
            when kind == PipelineValue.BinaryKind.BYTES -> mapOfJson(utf8(bytes.toArray()));
            default -> throw unexpected("map", value);
        };
    }

    private static Optional<Map<String, PipelineValue>> mapOfJson(String json) {
        return switch (unmarshal(json)) {
            case PipelineValue.Null() -> Optional.empty();
            case PipelineValue.Fields(Map<String, PipelineValue> fields) -> Optional.of(fields);
            case PipelineValue other ->
                throw new TaskFailure("json: cannot unmarshal " + JsonWhole.kindOf(other)
                        + " into Go value of type map[string]interface {}");
        };
    }

    private static PipelineValue unmarshal(String json) {
        return JsonWhole.read(json);
    }

    /** A list of anything. */
    public static List<PipelineValue> list(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Null() -> List.of();
            case PipelineValue.Items items -> items.items();
            case PipelineValue.Memo(PipelineValue.Items items) -> items.items();
            case PipelineValue.Text(String text) -> listOfJson(text);
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind kind)
            when kind == PipelineValue.BinaryKind.BYTES -> listOfJson(utf8(bytes.toArray()));
            default -> throw unexpected("slice", value);
        };
    }

    private static List<PipelineValue> listOfJson(String json) {
        return switch (unmarshal(json)) {
            case PipelineValue.Null() -> List.of();
            case PipelineValue.Items items -> items.items();
            case PipelineValue other ->
                throw new TaskFailure(
                        "json: cannot unmarshal " + JsonWhole.kindOf(other) + " into Go value of type []interface {}");
        };
    }

    /** {@code HashSliceParam}. */
    public static List<Hash32> hashes(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Null() -> List.of();
            case PipelineValue.Items(List<PipelineValue> items, String ignored) ->
                items.stream().map(Coerce::hash).toList();
            case PipelineValue.Text(String text) -> hashes(unmarshalSlice("HashSliceParam", text));
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind kind)
            when kind == PipelineValue.BinaryKind.BYTES ->
                hashes(unmarshalSlice("HashSliceParam", utf8(bytes.toArray())));
            default -> throw TaskFailure.badInput("HashSliceParam: cannot convert " + GoText.typeOf(value));
        };
    }

    private static Hash32 hash(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind kind)
            when kind == PipelineValue.BinaryKind.HASH -> new Hash32(bytes);
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind kind)
            when kind == PipelineValue.BinaryKind.BYTES -> hashOfText(utf8(bytes.toArray()));
            case PipelineValue.Text(String text) -> hashOfText(text);
            default -> throw TaskFailure.badInput("HashSliceParam: cannot convert " + GoText.typeOf(value));
        };
    }

    private static Hash32 hashOfText(String text) {
        if (!hasHexPrefix(text)) {
            throw TaskFailure.badInput("HashSliceParam: hex string without 0x prefix");
        }
        if (text.length() != 2 + 2 * Hash32.SIZE) {
            throw TaskFailure.badInput("HashSliceParam: hex string has length " + (text.length() - 2) + ", want "
                    + 2 * Hash32.SIZE + " for Hash");
        }
        try {
            return Hash32.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw TaskFailure.badInput("HashSliceParam: invalid hex string");
        }
    }

    /** {@code MaybeBigIntParam}: nothing and blank text are none. */
    public static Optional<BigInteger> maybeBig(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Null() -> Optional.empty();
            case PipelineValue.Text(String text) when text.isBlank() -> Optional.empty();
            case PipelineValue.Text(String text) -> Optional.of(bigOfText(text));
            case PipelineValue.Whole(BigInteger whole, PipelineValue.WholeKind ignored) -> Optional.of(whole);
            case PipelineValue.Floating(double floating)
            when floating >= -0x1p63 && floating < 0x1p64 -> Optional.of(new BigDecimal(floating).toBigInteger());
            case PipelineValue.Floating floating ->
                throw TaskFailure.badInput("cannot cast " + GoText.print(floating) + " to u/int64");
            case PipelineValue.Decimal(BigDecimal decimal) -> Optional.of(bigOfDecimal(decimal));
            case PipelineValue.Memo(PipelineValue.Decimal(BigDecimal decimal)) -> Optional.of(bigOfDecimal(decimal));
            default -> throw new TaskFailure("bad input for task");
        };
    }

    private static BigInteger bigOfText(String text) {
        if (!text.matches("[+-]?[0-9]+") || text.length() > Decimals.DIGITS_LIMIT) {
            throw TaskFailure.badInput("unable to convert " + text + " to big.Int");
        }
        return new BigInteger(text);
    }

    private static BigInteger bigOfDecimal(BigDecimal decimal) {
        if (!Decimals.fits(decimal) || decimal.stripTrailingZeros().scale() > 0) {
            throw TaskFailure.badInput("cannot convert non-integer " + Decimals.plain(decimal) + " to big.Int");
        }
        return decimal.toBigInteger();
    }

    /** The segments of a path into JSON. */
    public static List<String> jsonPath(PipelineValue value, String separator) {
        return switch (value) {
            case PipelineValue.Null() -> List.of();
            case PipelineValue.Text(String text) -> split(text, separator);
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind kind)
            when kind == PipelineValue.BinaryKind.BYTES -> split(utf8(bytes.toArray()), separator);
            case PipelineValue.Items(List<PipelineValue> items, String ignored) -> {
                List<String> segments = new ArrayList<>();
                for (PipelineValue item : items) {
                    if (!(item instanceof PipelineValue.Text(String text))) {
                        throw new TaskFailure("bad input for task");
                    }
                    segments.add(text);
                }
                yield segments;
            }
            default -> throw new TaskFailure("bad input for task");
        };
    }

    private static List<String> split(String text, String separator) {
        return text.isEmpty()
                ? List.of()
                : List.of(text.split(java.util.regex.Pattern.quote(separator.isEmpty() ? "," : separator), -1));
    }
}
