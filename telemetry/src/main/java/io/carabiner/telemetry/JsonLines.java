package io.carabiner.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** One JSON object a line, with the Go node's keys in its order: level, ts, logger, caller, msg, version, fields. */
final class JsonLines extends EncoderBase<ILoggingEvent> {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final byte[] NOTHING = {};

    private final String version;
    private final Timestamps timestamps;

    JsonLines(String version, Timestamps timestamps) {
        this.version = version;
        this.timestamps = timestamps;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return (JSON.writeValueAsString(object(LogRecord.of(event, timestamps))) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, @Nullable Object> object(LogRecord record) {
        LinkedHashMap<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("level", record.level().text());
        object.put("ts", timestamps.unix() ? new RawValue(record.timestamp()) : record.timestamp());
        putUnlessEmpty(object, "logger", record.logger());
        putUnlessEmpty(object, "caller", record.caller());
        object.put("msg", record.message());
        putUnlessEmpty(object, "version", version);
        record.fields().forEach(object::putIfAbsent);
        putUnlessEmpty(object, "stacktrace", record.stackTrace());
        return object;
    }

    private static void putUnlessEmpty(Map<String, @Nullable Object> object, String key, String value) {
        if (!value.isEmpty()) {
            object.put(key, value);
        }
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
