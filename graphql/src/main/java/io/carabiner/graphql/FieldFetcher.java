package io.carabiner.graphql;

import graphql.GraphqlErrorException;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLObjectType;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads every field: of the roots from their resolvers, of all else from {@link Shape}s. */
record FieldFetcher<C>(Roots<C> roots) implements DataFetcher<Object> {

    @Override
    public @Nullable Object get(DataFetchingEnvironment asked) {
        Asking<C> asking = asked.getGraphQlContext().get(Asking.KEY);
        Arguments arguments = new Arguments(asked.getArguments());
        Object value = asked.getSource() instanceof Shape shape
                ? inner(shape.fields().get(asked.getField().getName()), arguments)
                : root(asked, arguments, asking);
        return counted(value, asking);
    }

    private @Nullable Object root(DataFetchingEnvironment asked, Arguments arguments, Asking<C> asking) {
        String type = ((GraphQLObjectType) asked.getParentType()).getName();
        RootField<C> field = roots.find(type, asked.getField().getName()).orElseThrow();
        Viewer<C> viewer = asking.viewer().orElseThrow(FieldFetcher::unauthorized);
        if (!viewer.clearance().covers(field.needed())) {
            throw new RefusedException(
                    "Not permitted with current role: " + viewer.clearance().word());
        }
        return field.resolver().resolve(arguments, viewer.who());
    }

    private static GraphqlErrorException unauthorized() {
        return GraphqlErrorException.newErrorException()
                .message("Unauthorized")
                .extensions(Map.of("code", "UNAUTHORIZED"))
                .build();
    }

    private static @Nullable Object inner(@Nullable Object value, Arguments arguments) {
        return value instanceof Shape.Field field ? field.value(arguments) : value;
    }

    private @Nullable Object counted(@Nullable Object value, Asking<C> asking) {
        return switch (value) {
            case Optional<?> optional -> optional.orElse(null);
            case Batched<?, ?> batched -> {
                asking.spend(1);
                yield asking.loaders().load(batched);
            }
            case Collection<?> many -> {
                asking.spend(many.size());
                yield many;
            }
            case null, default -> value;
        };
    }
}
