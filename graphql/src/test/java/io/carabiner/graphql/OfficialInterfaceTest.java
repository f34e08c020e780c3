package io.carabiner.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.introspection.Introspection;
import graphql.language.Document;
import graphql.parser.Parser;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLTypeUtil;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What three generations of the official interface ask for, as lists of fields, is asked of our schema. */
class OfficialInterfaceTest {

    private static final Path FOLDER = Path.of("src/test/resources/ui");

    /** One operation: its first line, and a path to each leaf. */
    private record Operation(String head, List<String> paths) {

        String document() {
            Tree tree = new Tree(new LinkedHashMap<>());
            paths.forEach(path -> tree.add(List.of(path.split("/", -1))));
            boolean mutation = head.startsWith("mutation");
            Map<String, String> variables = new LinkedHashMap<>();
            String body = tree.text(
                    mutation ? TestService.SCHEMA.getMutationType() : TestService.SCHEMA.getQueryType(), variables);
            String declared = variables.entrySet().stream()
                    .map(entry -> "$" + entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining(", ", "(", ")"));
            return head + (variables.isEmpty() ? "" : declared) + body;
        }
    }

    private record Tree(Map<String, Tree> children) {

        void add(List<String> path) {
            if (!path.isEmpty()) {
                children.computeIfAbsent(path.getFirst(), part -> new Tree(new LinkedHashMap<>()))
                        .add(path.subList(1, path.size()));
            }
        }

        /** The arguments stand at fields of the roots only. */
        String text(GraphQLObjectType root, Map<String, String> variables) {
            return children.isEmpty()
                    ? ""
                    : children.entrySet().stream()
                            .map(child -> part(child.getKey(), root, variables)
                                    + child.getValue().text(root, variables))
                            .collect(Collectors.joining(" ", " { ", " }"));
        }

        private static String part(String part, GraphQLObjectType root, Map<String, String> variables) {
            if (part.startsWith("<")) {
                return "... on " + part.substring(1, part.length() - 1);
            }
            if (!part.contains("(")) {
                return part;
            }
            String field = part.substring(0, part.indexOf('('));
            return Stream.of(part.substring(part.indexOf('(') + 1, part.length() - 1)
                            .split(",", -1))
                    .map(argument -> argument + ": $" + variable(field, argument, root, variables))
                    .collect(Collectors.joining(", ", field + "(", ")"));
        }

        private static String variable(
                String field, String argument, GraphQLObjectType root, Map<String, String> variables) {
            GraphQLFieldDefinition definition = field.equals("__type")
                    ? Introspection.TypeMetaFieldDef
                    : Optional.ofNullable(root.getFieldDefinition(field))
                            .orElseGet(() -> ((GraphQLObjectType) Optional.ofNullable(TestService.SCHEMA.getType("Job"))
                                            .orElseThrow())
                                    .getFieldDefinition(field));
            GraphQLArgument known = definition.getArgument(argument);
            variables.put(argument, GraphQLTypeUtil.simplePrint(known.getType()));
            return argument;
        }
    }

    private static List<Operation> operations(Path file) throws IOException {
        List<Operation> operations = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("  ")) {
                operations.getLast().paths().add(line.strip());
            } else if (!line.startsWith("#")) {
                operations.add(new Operation(line, new ArrayList<>()));
            }
        }
        return operations;
    }

    @ParameterizedTest
    @CsvSource({"0.8.0-094d250, 46", "0.8.0-7503266, 49", "0.9.0, 49"})
    void everyOperation_isValid(String version, int count) throws IOException {
        List<Operation> operations = operations(FOLDER.resolve(version + ".txt"));

        assertThat(operations).hasSize(count);
        assertThat(operations).allSatisfy(operation -> assertThat(faults(operation.document()))
                .as(operation.document())
                .isEmpty());
    }

    @Test
    void fieldThatTheSchemaLacks_isFound() {
        Operation wrong = new Operation("query Q", List.of("bridges(limit)/results/nothing"));

        assertThat(faults(wrong.document())).singleElement().asString().contains("nothing");
    }

    private static List<String> faults(String text) {
        Document document = new Parser().parseDocument(text);
        Stream<String> invalid = new Validator()
                .validateDocument(TestService.SCHEMA, document, Locale.ROOT).stream()
                        .map(ValidationError::getMessage);
        Stream<String> dear = new DocumentCost(document, QueryLimits.standard())
                .excesses().stream().map(LimitError::message);
        return Stream.concat(invalid, dear).toList();
    }
}
