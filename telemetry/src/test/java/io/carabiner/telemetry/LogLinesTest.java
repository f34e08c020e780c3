package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogLinesTest {

    private static final Timestamps UTC = new Timestamps(false, ZoneOffset.UTC);
    private static final Set<String> OWN_KEYS = Set.of("level", "ts", "logger", "msg", "version");

    static Stream<String> recordedJson() {
        return Golden.text("log.jsonl").lines();
    }

    @ParameterizedTest
    @MethodSource("recordedJson")
    void jsonLine_isTheRecordedOneByteForByte(String line) {
        JsonNode recorded = JsonMapper.shared().readTree(line);
        JsonLines lines = new JsonLines(recorded.get("version").stringValue(), UTC);

        assertThat(text(lines.encode(event(recorded)))).isEqualTo(line + "\n");
    }

    static Stream<String> recordedPretty() {
        return Golden.text("log-pretty.txt").lines();
    }

    /** The pretty lines were recorded from the same start as the JSON lines: found by their message. */
    @ParameterizedTest
    @MethodSource("recordedPretty")
    void prettyLine_isTheRecordedOneButForItsTime(String line) {
        JsonNode recorded = recordedJson()
                .map(json -> JsonMapper.shared().readTree(json))
                .filter(json ->
                        line.startsWith(json.get("msg").stringValue(), "2026-11-20T23:36:46.389Z [INFO]  ".length()))
                .findFirst()
                .orElseThrow();
        PrettyLines lines = new PrettyLines(recorded.get("version").stringValue(), UTC, false);

        assertThat(text(lines.encode(event(recorded))).substring(24)).isEqualTo(line.substring(24) + "\n");
    }

    @Test
    void lineBreaks_cannotForgeALine() {
        LoggingEvent event = event("msg\nforged", "a\r\n\u001b[31m");

        assertThat(text(new PrettyLines("v", UTC, false).encode(event)))
                .contains("msg\\nforged")
                .contains("k=a\\r\\n\\x1b[31m ")
                .hasLineCount(1);
    }

    @Test
    void credentialsInUrls_areMaskedInMessageAndFields() {
        LoggingEvent event = event("cannot reach ws://u:p@host/", "postgresql://a:b@db/x");

        assertThat(text(new JsonLines("v", UTC).encode(event)))
                .contains("ws://xxxxx@host/")
                .contains("postgresql://xxxxx@db/x")
                .doesNotContain("u:p")
                .doesNotContain("a:b");
    }

    @Test
    void unixTimestamp_isANumber() {
        JsonLines lines = new JsonLines("v", new Timestamps(true, ZoneOffset.UTC));

        assertThat(text(lines.encode(event("m", 1)))).contains("\"ts\":0.000000000,");
    }

    @Test
    void colour_isWrittenOnlyWhenAsked() {
        assertThat(text(new PrettyLines("v", UTC, true).encode(event("m", 1)))).contains("\u001b[");
        assertThat(text(new PrettyLines("v", UTC, false).encode(event("m", 1)))).doesNotContain("\u001b[");
    }

    @Test
    void operatorMessage_carriesItsCodeItsCallerAndItsCause() {
        Capture capture = Capture.of("carabiner.Test");

        OperatorLog.named("Test")
                .critical("TEST_BROKEN", "It broke", new IllegalStateException("why"), field("what", List.of("x")));

        String line = text(new JsonLines("v", UTC).encode(capture.events.getFirst()));
        JsonNode json = JsonMapper.shared().readTree(line);
        assertThat(json.get("level").stringValue()).isEqualTo("crit");
        assertThat(json.get("logger").stringValue()).isEqualTo("Test");
        assertThat(json.get("caller").stringValue()).matches("telemetry/LogLinesTest.java:\\d+");
        assertThat(json.get("code").stringValue()).isEqualTo("TEST_BROKEN");
        assertThat(json.get("what").toString()).isEqualTo("[\"x\"]");
        assertThat(json.get("err").stringValue()).isEqualTo("why");
        assertThat(json.get("stacktrace").stringValue()).contains("LogLinesTest");
    }

    /** Collects what a logger is given. */
    private static final class Capture extends AppenderBase<ILoggingEvent> {

        private final List<ILoggingEvent> events = new ArrayList<>();

        static Capture of(String loggerName) {
            LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
            Capture capture = new Capture();
            capture.setContext(context);
            capture.start();
            context.getLogger(loggerName).setAdditive(false);
            context.getLogger(loggerName).addAppender(capture);
            return capture;
        }

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    }

    private static LoggingEvent event(String message, Object value) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName("carabiner.X");
        event.setLevel(Level.INFO);
        event.setMessage(message);
        event.setInstant(Instant.EPOCH);
        event.setKeyValuePairs(List.of(new KeyValuePair("k", value)));
        return event;
    }

    private static LoggingEvent event(JsonNode recorded) {
        LoggingEvent event = new LoggingEvent();
        JsonNode logger = recorded.get("logger");
        event.setLoggerName(logger == null ? "carabiner" : "carabiner." + logger.stringValue());
        event.setLevel(Level.toLevel(recorded.get("level").stringValue()));
        event.setMessage(recorded.get("msg").stringValue());
        event.setInstant(Instant.parse(recorded.get("ts").stringValue()));
        List<KeyValuePair> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : recorded.properties()) {
            if (!OWN_KEYS.contains(field.getKey())) {
                fields.add(new KeyValuePair(field.getKey(), plain(field.getValue())));
            }
        }
        event.setKeyValuePairs(fields);
        return event;
    }

    private static Object plain(JsonNode value) {
        return JsonMapper.shared().treeToValue(value, Object.class);
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
