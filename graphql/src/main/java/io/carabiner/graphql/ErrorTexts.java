package io.carabiner.graphql;

import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.validation.ValidationError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers in the form of the Go node: errors of a document have a place and no path, errors of a field a path and no
 * place; a code stands only where somebody is not logged in.
 */
final class ErrorTexts {

    private static final int SHOWN_MAX = 50;
    private static final Pattern UNDEFINED = Pattern.compile("Field '(\\w+)' in type '(\\w+)' is undefined");

    Map<String, @Nullable Object> answer(ExecutionResult result) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        if (!result.getErrors().isEmpty()) {
            answer.put(
                    "errors",
                    result.getErrors().stream()
                            .limit(SHOWN_MAX)
                            .map(ErrorTexts::error)
                            .toList());
        }
        if (result.isDataPresent()) {
            answer.put("data", result.getData());
        }
        return answer;
    }

    private static Map<String, @Nullable Object> error(GraphQLError error) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("message", message(error));
        if (error.getPath() != null && !(error instanceof ValidationError)) {
            fields.put("path", error.getPath());
        } else if (error.getLocations() != null && !error.getLocations().isEmpty()) {
            fields.put(
                    "locations",
                    error.getLocations().stream()
                            .map(place -> Map.of("line", place.getLine(), "column", place.getColumn()))
                            .toList());
        }
        if (error.getExtensions() != null && error.getExtensions().containsKey("code")) {
            fields.put("extensions", Map.of("code", error.getExtensions().get("code")));
        }
        return fields;
    }

    private static String message(GraphQLError error) {
        String text = String.valueOf(error.getMessage());
        Matcher undefined = UNDEFINED.matcher(text);
        if (error instanceof ValidationError && undefined.find()) {
            return "Cannot query field \"" + undefined.group(1) + "\" on type \"" + undefined.group(2) + "\".";
        }
        return error.getErrorType() == ErrorType.InvalidSyntax ? "syntax error: " + text : text;
    }
}
