package io.carabiner.graphql;

import graphql.schema.DataFetcher;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import graphql.schema.idl.FieldWiringEnvironment;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnionWiringEnvironment;
import graphql.schema.idl.WiringFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads {@code schema.graphqls}. */
final class Schema {

    private static final String FILE = "schema.graphqls";

    private Schema() {}

    /** The schema with one fetcher for every field. */
    static GraphQLSchema with(DataFetcher<Object> fetcher) {
        RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
                .scalar(PlainScalars.TIME)
                .scalar(PlainScalars.MAP)
                .scalar(PlainScalars.BYTES)
                .wiringFactory(new ByShape(fetcher))
                .build();
        return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(text()), wiring);
    }

    static String text() {
        try (InputStream file = Schema.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which member of a union or interface an object is, its shape says. */
    private record ByShape(DataFetcher<Object> fetcher) implements WiringFactory {

        private static final TypeResolver BY_SHAPE = environment -> {
            String type = ((Shape) environment.getObject()).type();
            if (environment.getSchema().getType(type) instanceof GraphQLObjectType found) {
                return found;
            }
            throw new IllegalStateException("the schema has no type " + type);
        };

        @Override
        public boolean providesDataFetcher(FieldWiringEnvironment environment) {
            return true;
        }

        @Override
        public DataFetcher<?> getDataFetcher(FieldWiringEnvironment environment) {
            return fetcher;
        }

        @Override
        public boolean providesTypeResolver(UnionWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(UnionWiringEnvironment environment) {
            return BY_SHAPE;
        }

        @Override
        public boolean providesTypeResolver(InterfaceWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(InterfaceWiringEnvironment environment) {
            return BY_SHAPE;
        }
    }
}
