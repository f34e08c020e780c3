package io.carabiner.keystore;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Raw keys that are JSON: written without a copy left behind, read without quoting them. Stateless. */
final class RawJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RawJson() {}

    /** Writes an object; the caller wipes the array. */
    static byte[] write(Consumer<JsonGenerator> members) {
        WipedBuffer buffer = new WipedBuffer();
        try (JsonGenerator generator = JSON.createGenerator(buffer)) {
            generator.writeStartObject();
            members.accept(generator);
            generator.writeEndObject();
        }
        return buffer.takeAndWipe();
    }

    static JsonNode read(byte[] raw) {
        try {
            return JSON.readTree(raw);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON"); // the cause could quote the key
        }
    }

    /** A member of base 64. */
    static byte[] bytes(JsonNode object, String name) {
        try {
            byte[] value = object.path(name).isString() ? object.path(name).binaryValue() : null;
            if (value != null) {
                return value;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(name + " is not base 64"); // the cause could quote the key
        }
        throw new IllegalArgumentException(name + " is missing");
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Leaves no copy behind. */
    static final class WipedBuffer extends ByteArrayOutputStream {

        byte[] takeAndWipe() {
            byte[] result = toByteArray();
            Arrays.fill(buf, (byte) 0);
            return result;
        }
    }
}
