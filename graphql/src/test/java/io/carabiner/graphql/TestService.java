package io.carabiner.graphql;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A service whose callers are names; a field that a test does not bring fails. */
final class TestService {

    static final GraphQLSchema SCHEMA = Schema.with(environment -> null);

    /** What the log of the node would have. */
    final List<Throwable> faults = new ArrayList<>();

    private final GraphqlService<String> service;

    TestService(Map<String, RootField<String>> own) {
        this(own, QueryLimits.standard());
    }

    TestService(Map<String, RootField<String>> own, QueryLimits limits) {
        service = new GraphqlService<>(
                fields(SCHEMA.getQueryType(), own), fields(SCHEMA.getMutationType(), own), limits, faults::add);
    }

    private static Map<String, RootField<String>> fields(
            @Nullable GraphQLObjectType root, Map<String, RootField<String>> own) {
        return Optional.ofNullable(root).orElseThrow().getFieldDefinitions().stream()
                .map(GraphQLFieldDefinition::getName)
                .collect(Collectors.toMap(Function.identity(), name -> own.getOrDefault(name, broken(name))));
    }

    private static RootField<String> broken(String name) {
        return new RootField<>(Clearance.VIEW, (arguments, caller) -> {
            throw new IllegalStateException("secret of " + name);
        });
    }

    Map<String, @Nullable Object> ask(String query) {
        return ask(query, Map.of());
    }

    Map<String, @Nullable Object> ask(String query, Map<String, @Nullable Object> variables) {
        return service.answer(new Ask(query, "", variables), Optional.of(new Viewer<>(Clearance.VIEW, "ann")));
    }

    Map<String, @Nullable Object> askAsNobody(String query) {
        return service.answer(new Ask(query, "", Map.of()), Optional.empty());
    }

    static RootField<String> view(RootField.Resolver<String> resolver) {
        return new RootField<>(Clearance.VIEW, resolver);
    }
}
