package io.carabiner.pipeline;

import io.carabiner.outbound.HttpAnswer;
import io.carabiner.outbound.HttpUrl;
import io.carabiner.values.JsonReader;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.util.Map;

/** What an answer's status means. */
final class HttpFaults {

    private HttpFaults() {}

    /** Fails for a status of 400 or more, with what the body says. */
    static void checkStatus(HttpAnswer answer, HttpUrl url) {
        if (answer.status() >= 400) {
            throw new TaskFailure(statusText(answer, url));
        }
    }

    static String statusText(HttpAnswer answer, HttpUrl url) {
        return "got error from " + url.text() + ": (status code " + answer.status() + ") " + message(answer);
    }

    private static String message(HttpAnswer answer) {
        try {
            return JsonReader.readOnly(answer.text()) instanceof PipelineValue.Fields(Map<String, PipelineValue> fields)
                    ? message(fields, answer)
                    : "";
        } catch (TaskFailure e) {
            return "";
        }
    }

    private static String message(Map<String, PipelineValue> fields, HttpAnswer answer) {
        PipelineValue error = fields.getOrDefault("error", PipelineValue.none());
        PipelineValue errorMessage = fields.getOrDefault("errorMessage", PipelineValue.none());
        if (!isTextOrNothing(error) || !isTextOrNothing(errorMessage)) {
            return "";
        }
        if (error instanceof PipelineValue.Text(String text) && !text.isEmpty()) {
            return text;
        }
        return errorMessage instanceof PipelineValue.Text(String text) && !text.isEmpty() ? text : answer.text();
    }

    private static boolean isTextOrNothing(PipelineValue value) {
        return value instanceof PipelineValue.Text || value instanceof PipelineValue.Null;
    }
}
