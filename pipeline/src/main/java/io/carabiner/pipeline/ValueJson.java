package io.carabiner.pipeline;

import io.carabiner.primitives.Bytes;
import java.nio.ByteBuffer;
import java.util.UUID;

/** The JSON form of values. */
@SuppressWarnings("DoNotCallSuggester")
final class ValueJson {

    private ValueJson() {}

    static Bytes uuidBytes(UUID value) {
        return Bytes.of(ByteBuffer.allocate(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array());
    }

    static PipelineValue read(String json) {
        throw new UnsupportedOperationException();
    }

    static String write(PipelineValue value) {
        throw new UnsupportedOperationException();
    }
}
