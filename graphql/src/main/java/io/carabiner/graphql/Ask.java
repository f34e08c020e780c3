package io.carabiner.graphql;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked.
 *
 * @param query the document
 * @param operation which operation of the document; empty where it has one only
 * @param variables as JSON has them: texts, numbers, truth values, maps, lists, null
 */
public record Ask(String query, String operation, Map<String, @Nullable Object> variables) {}
