package io.carabiner.values;

import io.carabiner.primitives.Bytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the first CBOR value (RFC 8949) of some bytes; what stands behind it is ignored. */
public final class CborReader {

    /** How deep lists and maps may be nested. */
    static final int DEPTH_LIMIT = 32;

    /** How many elements a list or map may have. */
    static final int ELEMENTS_LIMIT = 131_072;

    private static final int BREAK = 0xff;
    private static final String[] KINDS = {
        "positive integer", "negative integer", "byte string", "UTF-8 text string", "array", "map", "tag", "primitives"
    };

    private final byte[] bytes;
    private int at;
    private int depth;
    private boolean invalidText;

    private CborReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads the first item; what follows is ignored.
     *
     * @throws TaskFailure with the message of the Go node's library
     */
    public static PipelineValue readFirst(byte[] bytes) {
        CborReader reader = new CborReader(bytes);
        PipelineValue value = reader.value();
        if (reader.invalidText) {
            throw new TaskFailure("cbor: invalid UTF-8 string");
        }
        return value;
    }

    /** How the library names the kind of the value that begins with this byte. */
    public static String kindOf(int first) {
        return KINDS[(first & 0xff) >> 5];
    }

    private PipelineValue value() {
        int first = next();
        if (first == BREAK) {
            throw new TaskFailure("cbor: unexpected \"break\" code");
        }
        int info = first & 0x1f;
        return switch (first >> 5) {
            case 0 -> new PipelineValue.Whole(argument(info), PipelineValue.WholeKind.UINT64);
            case 1 -> negative(argument(info));
            case 2 -> PipelineValue.bytes(Bytes.of(string(2, info)));
            case 3 -> PipelineValue.text(text(info));
            case 4 -> nested(() -> list(info));
            case 5 -> nested(() -> map(info));
            case 6 -> tagged(argument(info));
            default -> simple(info);
        };
    }

    private interface Container {
        PipelineValue read();
    }

    private PipelineValue nested(Container container) {
        if (++depth > DEPTH_LIMIT) {
            throw new TaskFailure("cbor: exceeded max nested level " + DEPTH_LIMIT);
        }
        PipelineValue value = container.read();
        depth--;
        return value;
    }

    private int next() {
        if (at >= bytes.length) {
            throw new TaskFailure(at == 0 ? "EOF" : "unexpected EOF");
        }
        return bytes[at++] & 0xff;
    }

    private byte[] take(long length) {
        if (length > bytes.length - at) {
            throw new TaskFailure("unexpected EOF");
        }
        byte[] taken = java.util.Arrays.copyOfRange(bytes, at, at + (int) length);
        at += (int) length;
        return taken;
    }

    private BigInteger argument(int info) {
        if (info < 24) {
            return BigInteger.valueOf(info);
        }
        if (info > 27) {
            throw new TaskFailure("cbor: invalid additional information " + info);
        }
        return new BigInteger(1, take(1L << (info - 24)));
    }

    private static PipelineValue negative(BigInteger argument) {
        BigInteger value = argument.not();
        return new PipelineValue.Whole(
                value, value.bitLength() < Long.SIZE ? PipelineValue.WholeKind.INT64 : PipelineValue.WholeKind.BIG);
    }

    private byte[] string(int major, int info) {
        if (info != 31) {
            BigInteger length = argument(info);
            if (length.bitLength() >= Integer.SIZE) {
                throw new TaskFailure("unexpected EOF");
            }
            return take(length.intValue());
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int chunk = next(); chunk != BREAK; chunk = next()) {
            if (chunk >> 5 != major || (chunk & 0x1f) == 31) {
                throw new TaskFailure(
                        "cbor: wrong element type " + kindOf(chunk) + " for indefinite-length " + KINDS[major]);
            }
            whole.writeBytes(string(major, chunk & 0x1f));
        }
        return whole.toByteArray();
    }

    private String text(int info) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(string(3, info)))
                    .toString();
        } catch (CharacterCodingException e) {
            invalidText = true;
            return "";
        }
    }

    private PipelineValue list(int info) {
        List<PipelineValue> items = new ArrayList<>();
        repeat(info, "array", () -> items.add(value()));
        return PipelineValue.list(items);
    }

    private PipelineValue map(int info) {
        Map<PipelineValue, PipelineValue> entries = new LinkedHashMap<>();
        repeat(info, "map", () -> {
            PipelineValue key = value();
            entries.put(key, value());
        });
        return new PipelineValue.AnyKeyed(entries);
    }

    private void repeat(int info, String what, Runnable element) {
        long count = info == 31
                ? Long.MAX_VALUE
                : argument(info).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
        if (info != 31 && count > bytes.length) {
            throw new TaskFailure(
                    count > ELEMENTS_LIMIT
                            ? "cbor: exceeded max number of elements " + ELEMENTS_LIMIT + " for CBOR " + what
                            : "unexpected EOF");
        }
        for (long i = 0; i < count && !ended(info); i++) {
            if (i == ELEMENTS_LIMIT) {
                throw new TaskFailure("cbor: exceeded max number of elements " + ELEMENTS_LIMIT + " for CBOR " + what);
            }
            element.run();
        }
    }

    private boolean ended(int info) {
        if (info != 31) {
            return false;
        }
        if (at >= bytes.length) {
            throw new TaskFailure("unexpected EOF");
        }
        boolean end = (bytes[at] & 0xff) == BREAK;
        at += end ? 1 : 0;
        return end;
    }

    private PipelineValue tagged(BigInteger tag) {
        PipelineValue content = nested(this::value);
        return switch (tag.bitLength() < Integer.SIZE ? tag.intValue() : -1) {
            case 0, 1 -> time(content);
            case 2 -> PipelineValue.big(magnitude(content));
            case 3 -> PipelineValue.big(magnitude(content).not());
            default ->
                PipelineValue.map(Map.of(
                        "Number", new PipelineValue.Whole(tag, PipelineValue.WholeKind.UINT64), "Content", content));
        };
    }

    private static BigInteger magnitude(PipelineValue content) {
        if (content instanceof PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind ignored)) {
            return new BigInteger(1, bytes.toArray());
        }
        throw new TaskFailure("cbor: tag number 2 or 3 must be followed by byte string, got " + GoText.typeOf(content));
    }

    private static PipelineValue time(PipelineValue content) {
        return switch (content) {
            case PipelineValue.Text text -> text;
            case PipelineValue.Whole(BigInteger seconds, PipelineValue.WholeKind ignored)
            when seconds.bitLength() < 36 ->
                PipelineValue.text(DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(seconds.longValue())));
            case PipelineValue.Floating(double seconds)
            when Math.abs(seconds) < 0x1p36 ->
                PipelineValue.text(
                        DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochMilli(Math.round(seconds * 1000))));
            default -> throw new TaskFailure("cbor: tag number 0 or 1 must be followed by a time");
        };
    }

    private PipelineValue simple(int info) {
        return switch (info) {
            case 20 -> PipelineValue.bool(false);
            case 21 -> PipelineValue.bool(true);
            case 22, 23 -> PipelineValue.none();
            case 24 -> new PipelineValue.Whole(BigInteger.valueOf(next()), PipelineValue.WholeKind.UINT64);
            case 25 ->
                new PipelineValue.Floating(
                        Float.float16ToFloat(ByteBuffer.wrap(take(2)).getShort()));
            case 26 -> new PipelineValue.Floating(ByteBuffer.wrap(take(4)).getFloat());
            case 27 -> new PipelineValue.Floating(ByteBuffer.wrap(take(8)).getDouble());
            case 28, 29, 30 ->
                throw new TaskFailure("cbor: invalid additional information " + info + " for type primitives");
            default -> new PipelineValue.Whole(BigInteger.valueOf(info), PipelineValue.WholeKind.UINT64);
        };
    }
}
