package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The description of the API is about the routes there are, all of them and no others. */
@TestInstance(Lifecycle.PER_CLASS)
class OpenApiTest {

    private TestNode node;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private Set<String> registered() {
        return node.routes().routes().stream()
                .map(route -> route.method() + " " + route.template())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyRoute_hasALineInTheDescription_andEveryLineARoute() {
        Set<String> lines = RouteDoc.all().keySet();
        Set<String> routes = registered();

        assertThat(routes.stream().filter(route -> !lines.contains(route)))
                .as("routes without a line in api.txt")
                .isEmpty();
        assertThat(lines.stream().filter(line -> !routes.contains(line)))
                .as("lines of api.txt without a route")
                .isEmpty();
    }

    @Test
    void document_isServedToAnybody_withEveryOperationOnce() throws Exception {
        JsonNode document = TestNode.json(node.get("/v2/openapi.json", ""));

        Set<String> described = new TreeSet<>();
        Set<String> ids = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    described.add(operation.getKey().toUpperCase(Locale.ROOT) + " "
                            + path.getKey().replaceAll("\\{(\\w+)}", ":$1"));
                    ids.add(operation.getValue().get("operationId").stringValue());
                }));
        assertThat(document.get("openapi").stringValue()).isEqualTo("3.1.0");
        assertThat(described).isEqualTo(registered());
        assertThat(ids).hasSameSizeAs(described);
    }

    @Test
    void resource_isDescribedAsItIsWritten() throws Exception {
        node.keystore.eth().create(node.rpc.chainId());
        JsonNode written =
                TestNode.json(node.get("/v2/keys/evm", node.loginAdmin())).at("/data/0");

        JsonNode described = TestNode.json(node.get("/v2/openapi.json", ""))
                .get("paths")
                .get("/v2/keys/evm")
                .at("/get/responses/2XX/content")
                .get("application/vnd.api+json")
                .at("/schema/properties/data/items/properties");

        assertThat(described.at("/type/const")).isEqualTo(written.get("type"));
        assertThat(described.at("/attributes/properties").propertyNames())
                .containsExactlyElementsOf(written.get("attributes").propertyNames());
    }

    @Test
    void page_showsEveryRouteToPeople_withoutAnythingFromElsewhere() throws Exception {
        HttpResponse<String> page = node.get("/api-docs", "");

        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        registered().forEach(route -> assertThat(page.body()).contains("<code>" + route + "</code>"));
        assertThat(page.body()).doesNotContain("src=", "http://", "https://");
    }
}
