package io.carabiner.web;

import io.carabiner.jobs.OutsideAnswer;
import io.carabiner.jobs.ResumeOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Answers of asynchronous bridges (Go node 2.15, core/web/pipeline_runs_controller.go, Resume). Nobody is asked who
 * they are: the id of the task, which only the bridge was told, is the right to answer.
 */
final class ResumeRoutes {

    private static final int UUID_LENGTH = 36;

    private final RunCatalogue runs;

    ResumeRoutes(RunCatalogue runs) {
        this.runs = runs;
    }

    List<Route> routes() {
        return List.of(Route.patch("/v2/resume/:runID", Access.ANYBODY, this::resume));
    }

    private Answer resume(Call call) {
        UUID task = task(call.parameter("runID"));
        String body = new String(call.body().toArray(), StandardCharsets.UTF_8);
        return switch (runs.resume(task, result(body))) {
            case ResumeOutcome.Resumed ignored -> Answer.empty(200);
            case ResumeOutcome.Early() -> Answer.empty(200);
            case ResumeOutcome.NobodyWaits() ->
                Answer.error(
                        500,
                        "failed to update task run result: failed to find pipeline run for task ID " + task
                                + ": sql: no rows in result set");
        };
    }

    private static UUID task(String text) {
        return JobRoutes.uuid(text)
                .orElseThrow(() -> WebException.refused(
                        422,
                        text.length() == UUID_LENGTH
                                ? "invalid UUID format"
                                : "invalid UUID length: " + text.length()));
    }

    private static OutsideAnswer result(String body) {
        try (JsonParser parser = GoJson.mapper().createParser(body)) {
            return read(parser, body);
        } catch (UnexpectedEndOfInputException e) {
            throw WebException.refused(422, "failed to unmarshal JSON body: unexpected EOF");
        } catch (JacksonException e) {
            throw WebException.refused(422, "failed to unmarshal JSON body: " + e.getOriginalMessage());
        }
    }

    /** The value is kept as it was written, to the letter, as the Go node keeps it. */
    private static OutsideAnswer read(JsonParser parser, String body) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw WebException.refused(422, "failed to unmarshal JSON body: the body is not a JSON object");
        }
        String value = null;
        Optional<String> error = Optional.empty();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (name.equalsIgnoreCase("value")) {
                value = raw(parser, body);
            } else if (name.equalsIgnoreCase("error")) {
                error = error(parser);
            } else {
                parser.skipChildren();
            }
        }
        return result(value, error);
    }

    private static String raw(JsonParser parser, String body) {
        int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        parser.skipChildren();
        parser.finishToken();
        return body.substring(start, Math.toIntExact(parser.currentLocation().getCharOffset()));
    }

    private static Optional<String> error(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw WebException.refused(422, "failed to unmarshal JSON body: error must be a text");
        }
        return Optional.of(parser.getString());
    }

    private static OutsideAnswer result(@Nullable String value, Optional<String> error) {
        if ((value == null) == error.isEmpty()) {
            throw WebException.refused(422, "must provide only one of either 'value' or 'error' key");
        }
        return value == null ? new OutsideAnswer.Fault(error.orElseThrow()) : new OutsideAnswer.Value(value);
    }
}
