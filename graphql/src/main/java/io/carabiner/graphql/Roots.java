package io.carabiner.graphql;

import java.util.Map;
import java.util.Optional;

/** The resolvers of the two roots. */
record Roots<C>(Map<String, RootField<C>> queries, Map<String, RootField<C>> mutations) {

    Optional<RootField<C>> find(String type, String field) {
        return switch (type) {
            case "Query" -> Optional.ofNullable(queries.get(field));
            case "Mutation" -> Optional.ofNullable(mutations.get(field));
            default -> Optional.empty();
        };
    }
}
