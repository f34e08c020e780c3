package io.carabiner.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The documents of the API: one resource, a list, a page of a list. */
final class JsonApi {

    private JsonApi() {}

    static Answer one(Resource resource) {
        return one(200, resource);
    }

    static Answer one(int status, Resource resource) {
        return Answer.of(status, Answer.JSON_API, GoJson.write(Map.of("data", resource)));
    }

    static Answer list(int status, List<Resource> resources) {
        return Answer.of(status, Answer.JSON_API, GoJson.write(Map.of("data", resources)));
    }

    /**
     * A page with its neighbours.
     *
     * @param count how many the whole list has
     */
    static Answer page(Call call, Page page, List<Resource> resources, long count) {
        LinkedHashMap<String, Object> document = new LinkedHashMap<>();
        Map<String, String> links = links(call, page, count);
        if (!links.isEmpty()) {
            document.put("links", links);
        }
        document.put("data", resources);
        document.put("meta", Map.of("count", count));
        return Answer.of(200, Answer.JSON_API, GoJson.write(document));
    }

    private static Map<String, String> links(Call call, Page page, long count) {
        LinkedHashMap<String, String> links = new LinkedHashMap<>();
        if (count > page.size()) {
            if (page.number() * (long) page.size() < count) {
                links.put("next", link(call, page, page.number() + 1));
            }
            if (page.number() > 1) {
                links.put("prev", link(call, page, page.number() - 1));
            }
        }
        return links;
    }

    private static String link(Call call, Page page, int number) {
        TreeMap<String, List<String>> query = new TreeMap<>(call.queries());
        query.put("page", List.of(String.valueOf(number)));
        query.put("size", List.of(String.valueOf(page.size())));
        return call.path() + "?"
                + query.entrySet().stream()
                        .flatMap(entry ->
                                entry.getValue().stream().map(value -> encode(entry.getKey()) + "=" + encode(value)))
                        .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
