package io.carabiner.web;

import io.carabiner.graphql.Arguments;
import io.carabiner.graphql.Clearance;
import io.carabiner.graphql.RefusedException;
import io.carabiner.graphql.RootField;
import io.carabiner.graphql.Shape;
import io.carabiner.keystore.KeystoreException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The resolvers of both roots, by field. What a topic refuses, a caller reads as the error of the field. */
final class QueryFields {

    /** How many a list gives when nothing is asked for, as by the Go node. */
    static final int PAGE_DEFAULT = 50;

    /** No list gives more at once, whatever is asked for. */
    static final int PAGE_MAX = 1_000;

    private final Map<String, RootField<Asker>> queries = new LinkedHashMap<>();
    private final Map<String, RootField<Asker>> mutations = new LinkedHashMap<>();

    private final QueryAudit audit;

    private QueryFields(QueryAudit audit) {
        this.audit = audit;
    }

    /** Part of a list. */
    record Part(int offset, int limit) {

        static Part of(Arguments arguments, int limitMax) {
            int offset = arguments.optionalNumber("offset").orElse(0);
            int limit = arguments.optionalNumber("limit").orElse(PAGE_DEFAULT);
            if (offset < 0 || limit < 0) {
                throw new RefusedException("offset and limit must not be negative");
            }
            return new Part(offset, Math.min(limit, limitMax));
        }

        <T> List<T> of(List<T> all) {
            return all.stream().skip(offset).limit(limit).toList();
        }
    }

    static QueryFields of(WebServices services, ApiTokens tokens) {
        QueryFields fields = new QueryFields(new QueryAudit(services.audit()));
        WebServices.Oracle oracle = services.oracle();
        ChainQueries chains = new ChainQueries(services);
        chains.addTo(fields);
        new NodeQueries(services).addTo(fields);
        new BridgeQueries(oracle.bridges(), oracle.jobs()).addTo(fields);
        new JobQueries(oracle.jobs(), oracle.runs()).addTo(fields);
        new TransactionQueries(oracle.transactions(), chains).addTo(fields);
        new EthKeyQueries(oracle.keystore().eth(), oracle.chains(), chains, services.time()).addTo(fields);
        new StoredKeyQueries(oracle.keystore()).addTo(fields);
        new AccountQueries(services.accounts(), tokens).addTo(fields);
        FeedsQueries.addTo(fields);
        return fields;
    }

    Map<String, RootField<Asker>> queries() {
        return queries;
    }

    Map<String, RootField<Asker>> mutations() {
        return mutations;
    }

    /** A query, for every role. */
    void query(String name, Function<Arguments, @Nullable Object> resolver) {
        queries.put(name, field(Clearance.VIEW, (arguments, caller) -> resolver.apply(arguments)));
    }

    /** A mutation; one that succeeds is written into the audit log. */
    void mutation(String name, Clearance needed, Function<Arguments, @Nullable Object> resolver) {
        audited(name, needed, (arguments, caller) -> resolver.apply(arguments));
    }

    /** A mutation of what belongs to the caller, for every role. */
    void own(String name, RootField.Resolver<Asker> resolver) {
        audited(name, Clearance.VIEW, resolver);
    }

    private void audited(String name, Clearance needed, RootField.Resolver<Asker> resolver) {
        mutations.put(name, field(needed, (arguments, caller) -> {
            Object outcome = resolver.resolve(arguments, caller);
            audit.record(name, arguments, caller, outcome);
            return outcome;
        }));
    }

    private static RootField<Asker> field(Clearance needed, RootField.Resolver<Asker> resolver) {
        return new RootField<>(needed, (arguments, caller) -> {
            try {
                return resolver.resolve(arguments, caller);
            } catch (WebException | KeystoreException e) {
                throw new RefusedException(String.valueOf(e.getMessage()));
            }
        });
    }

    /** A payload with {@code results} only. */
    static Shape results(String type, Collection<?> results) {
        return Shape.of(type).with("results", results);
    }

    /** A payload with a part of a list and the size of the whole. */
    static Shape page(String type, Collection<?> results, long total) {
        return results(type, results)
                .with("metadata", Shape.of("PaginationMetadata").with("total", total));
    }

    static Shape notFound(String message) {
        return error("NotFoundError", message, "NOT_FOUND");
    }

    static Shape error(String type, String message, String code) {
        return Shape.of(type).with("message", message).with("code", code);
    }

    /** Things that are wrong with what was given at one place. */
    static Shape inputErrors(String path, List<String> messages) {
        return Shape.of("InputErrors")
                .with(
                        "errors",
                        messages.stream()
                                .map(message -> error("InputError", message, "INVALID_INPUT")
                                        .with("path", path))
                                .toList());
    }
}
