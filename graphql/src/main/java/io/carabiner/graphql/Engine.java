package io.carabiner.graphql;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The library behind {@link GraphqlService}. Thread-safe. */
final class Engine<C> {

    private final GraphQL library;
    private final QueryLimits limits;
    private final ErrorTexts errors = new ErrorTexts();

    Engine(Roots<C> roots, QueryLimits limits, Consumer<Throwable> faults) {
        GraphQLSchema schema = Schema.with(new FieldFetcher<>(roots));
        complete(schema.getQueryType(), roots);
        complete(schema.getMutationType(), roots);
        this.limits = limits;
        this.library = GraphQL.newGraphQL(schema)
                .preparsedDocumentProvider(
                        (input, prepare) -> CompletableFuture.completedFuture(limited(input, prepare)))
                .defaultDataFetcherExceptionHandler(new FieldFaults(faults))
                .build();
    }

    private static <C> void complete(@Nullable GraphQLObjectType root, Roots<C> roots) {
        if (root == null) {
            throw new IllegalStateException("the schema has no such root");
        }
        List<String> missing = root.getFieldDefinitions().stream()
                .map(GraphQLFieldDefinition::getName)
                .filter(field -> roots.find(root.getName(), field).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(root.getName() + " has no resolver for " + missing);
        }
    }

    private PreparsedDocumentEntry limited(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> prepare) {
        PreparsedDocumentEntry entry = prepare.apply(input);
        if (entry.hasErrors()) {
            return entry;
        }
        List<LimitError> excesses = new DocumentCost(entry.getDocument(), limits).excesses();
        return excesses.isEmpty() ? entry : new PreparsedDocumentEntry(List.copyOf(excesses));
    }

    Map<String, @Nullable Object> answer(Ask ask, Optional<Viewer<C>> viewer) {
        if (ask.query().isBlank()) {
            return Map.of("errors", List.of(Map.of("message", "no operations in query document")));
        }
        Loaders loaders = new Loaders();
        ExecutionInput input = ExecutionInput.newExecutionInput(ask.query())
                .operationName(ask.operation().isEmpty() ? null : ask.operation())
                .variables(ask.variables())
                .dataLoaderRegistry(loaders.registry())
                .graphQLContext(context -> fill(context, loaders, viewer))
                .build();
        return errors.answer(library.execute(input));
    }

    private void fill(GraphQLContext.Builder context, Loaders loaders, Optional<Viewer<C>> viewer) {
        context.of(ParserOptions.class, options())
                .of(Asking.KEY, new Asking<>(viewer, loaders, new AtomicInteger(limits.objects())));
    }

    private ParserOptions options() {
        return ParserOptions.newParserOptions()
                .captureIgnoredChars(false)
                .captureLineComments(false)
                .captureSourceLocation(true)
                .maxTokens(limits.tokens())
                .build();
    }
}
