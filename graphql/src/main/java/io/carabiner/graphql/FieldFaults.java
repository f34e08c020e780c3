package io.carabiner.graphql;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.GraphqlErrorException;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Turns exceptions of resolvers into errors: refusals with their reason, all else without a word of it. */
record FieldFaults(Consumer<Throwable> faults) implements DataFetcherExceptionHandler {

    /** What callers read of a fault of the node. */
    static final String HIDDEN = "internal error (GRAPHQL_UNEXPECTED): see the log of the node";

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters asked) {
        GraphqlErrorBuilder<?> error =
                GraphqlErrorBuilder.newError().path(asked.getPath()).message("%s", reason(asked.getException()));
        if (asked.getException() instanceof GraphqlErrorException own && own.getExtensions() != null) {
            error.extensions(own.getExtensions());
        }
        GraphQLError built = error.build();
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(built).build());
    }

    private String reason(Throwable thrown) {
        return switch (thrown) {
            case CompletionException wrapped when wrapped.getCause() != null -> reason(wrapped.getCause());
            case RefusedException refused -> String.valueOf(refused.getMessage());
            case GraphqlErrorException own -> String.valueOf(own.getMessage());
            default -> {
                faults.accept(thrown);
                yield HIDDEN;
            }
        };
    }
}
