package io.carabiner.values;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value that tasks pass on. The kinds are those that the Go node tells apart, because later tasks accept some and
 * refuse others: a fixed array of bytes is not a string of bytes, a decimal is not a float.
 *
 * <p>All values are immutable and safe to share between threads. {@link #toJson()} is what is stored and shown;
 * {@link #fromJson} reads it back, where some kinds come back as plainer ones (bytes as {@code 0x} text, decimals as
 * text), as in the Go node.
 */
public sealed interface PipelineValue {

    /** Nothing. */
    record Null() implements PipelineValue {}

    /** True or false. */
    record Bool(boolean value) implements PipelineValue {}

    /** Text; may hold any character. */
    record Text(String value) implements PipelineValue {}

    /** A whole number; the kind says which Go type it has and so how far it may reach. */
    record Whole(BigInteger value, WholeKind kind) implements PipelineValue {}

    /** A binary floating point number; may be NaN or infinite when CBOR brought it. */
    record Floating(double value) implements PipelineValue {}

    /** A decimal number of any precision. */
    record Decimal(BigDecimal value) implements PipelineValue {}

    /** Bytes; the kind says which Go type they have. */
    record Binary(Bytes value, BinaryKind kind) implements PipelineValue {}

    /**
     * A list.
     *
     * @param elementType the Go type of the elements if the list is typed ({@code common.Hash}), {@code interface {}}
     *     if not
     */
    record Items(List<PipelineValue> items, String elementType) implements PipelineValue {

        /** Copies the list. */
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A map with text keys, in the order in which they were put. */
    record Fields(Map<String, PipelineValue> fields) implements PipelineValue {

        /** Copies the map. */
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** A map whose keys may be anything: only CBOR brings it. */
    record AnyKeyed(Map<PipelineValue, PipelineValue> entries) implements PipelineValue {

        /** Copies the map. */
        public AnyKeyed {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** What a memo task holds: the value as it was given, with numbers as decimals. */
    record Memo(PipelineValue content) implements PipelineValue {}

    /** The Go types of whole numbers. */
    enum WholeKind {
        /** {@code int64}. */
        INT64("int64"),
        /** {@code uint64}. */
        UINT64("uint64"),
        /** {@code int32}. */
        INT32("int32"),
        /** {@code uint32}. */
        UINT32("uint32"),
        /** {@code int16}. */
        INT16("int16"),
        /** {@code uint16}. */
        UINT16("uint16"),
        /** {@code int8}. */
        INT8("int8"),
        /** {@code uint8}. */
        UINT8("uint8"),
        /** Any size. */
        BIG("*big.Int");

        private final String goType;

        WholeKind(String goType) {
            this.goType = goType;
        }

        String goType() {
            return goType;
        }
    }

    /** The Go types of bytes. */
    enum BinaryKind {
        /** {@code []uint8}: any length. */
        BYTES,
        /** {@code [n]uint8}: an ABI {@code bytesN}. */
        FIXED,
        /** {@code common.Hash}. */
        HASH,
        /** {@code common.Address}. */
        ADDRESS,
        /** {@code uuid.UUID}: 16 bytes. */
        UUID
    }

    /** Text. */
    static PipelineValue text(String value) {
        return new Text(value);
    }

    /** A number of type int64. */
    static PipelineValue int64(long value) {
        return new Whole(BigInteger.valueOf(value), WholeKind.INT64);
    }

    /** A number of any size. */
    static PipelineValue big(BigInteger value) {
        return new Whole(value, WholeKind.BIG);
    }

    /** A decimal number. */
    static PipelineValue decimal(BigDecimal value) {
        return new Decimal(value);
    }

    /** Bytes of any length. */
    static PipelineValue bytes(Bytes value) {
        return new Binary(value, BinaryKind.BYTES);
    }

    /** A hash. */
    static PipelineValue hash(Hash32 value) {
        return new Binary(value.bytes(), BinaryKind.HASH);
    }

    /** An address. */
    static PipelineValue address(Address value) {
        return new Binary(value.bytes(), BinaryKind.ADDRESS);
    }

    /** A UUID: 16 bytes, shown as hex like the Go node does. */
    static PipelineValue uuid(java.util.UUID value) {
        return new Binary(ValueJson.uuidBytes(value), BinaryKind.UUID);
    }

    /** True or false. */
    static PipelineValue bool(boolean value) {
        return new Bool(value);
    }

    /** Nothing. */
    static PipelineValue none() {
        return new Null();
    }

    /** A list of anything. */
    static PipelineValue list(List<? extends PipelineValue> items) {
        return new Items(new ArrayList<>(items), "interface {}");
    }

    /** A list of hashes, such as a log's topics. */
    static PipelineValue hashes(List<Hash32> items) {
        return new Items(items.stream().map(PipelineValue::hash).toList(), "common.Hash");
    }

    /** A map. */
    static PipelineValue map(Map<String, ? extends PipelineValue> fields) {
        return new Fields(new LinkedHashMap<>(fields));
    }

    /**
     * Reads JSON as a run's stored values are read: numbers become int64, uint64, big integer or float.
     *
     * @throws IllegalArgumentException if the text is not JSON
     */
    static PipelineValue fromJson(String json) {
        return ValueJson.read(json);
    }

    /** The number that this is or that its text says, as tasks take numbers; empty if it is none. */
    default Optional<BigDecimal> toDecimal() {
        try {
            return Optional.of(Coerce.decimal(this));
        } catch (TaskFailure e) {
            return Optional.empty();
        }
    }

    /**
     * The kinds that {@link #toJson()} does not tell, as JSON; empty if it tells all. Stored beside it.
     */
    default Optional<String> kinds() {
        return ValueKinds.of(this).map(ValueJson::write);
    }

    /**
     * Reads a stored value as it was, kinds and all; where the kinds do not fit, as its JSON alone is read.
     *
     * @param kinds what {@link #kinds()} gave
     * @throws IllegalArgumentException if a text is not JSON
     */
    static PipelineValue fromStored(String json, Optional<String> kinds) {
        PipelineValue plain = fromJson(json);
        return kinds.map(text -> ValueKinds.restore(plain, fromJson(text))).orElse(plain);
    }

    /**
     * The stored and shown form: keys sorted, bytes as {@code 0x} hex, decimals as text. Valid for PostgreSQL jsonb.
     */
    default String toJson() {
        return ValueJson.write(this);
    }
}
