package io.carabiner.migrate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Puts {@code extPath} and {@code queryParams} into a URL, as version 1 did at each run (core/adapters/http.go): a
 * parameter that the URL has already stays.
 */
record HttpTarget(Fields fields, Remarks remarks) {

    private static final Pattern PARTS = Pattern.compile("[=&]+");

    String url(String base, Located extPath, Located queryParams) {
        int mark = base.indexOf('?');
        String path = mark < 0 ? base : base.substring(0, mark);
        String query = mark < 0 ? "" : base.substring(mark + 1);
        String longer = extPath.present() ? path.replaceAll("/+$", "") + suffix(extPath) : path;
        String more = queryParams.present() ? extended(query, queryParams) : query;
        return more.isEmpty() ? longer : longer + "?" + more;
    }

    private String suffix(Located extPath) {
        List<String> parts = extPath.node().isArray()
                ? fields.texts(extPath)
                : List.of(fields.scalar(extPath).orElse("").split("/"));
        StringBuilder suffix = new StringBuilder();
        for (String part : parts) {
            if (part.contains("..") || part.contains("?") || part.contains("#")) {
                remarks.refuse(extPath, "write the whole URL into the task instead of this path");
            }
            suffix.append(part.isEmpty() ? "" : "/" + part);
        }
        return suffix.toString();
    }

    private String extended(String query, Located queryParams) {
        Map<String, String> all = new LinkedHashMap<>();
        List<String> present = Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2)[0])
                .toList();
        pairs(queryParams).forEach((key, value) -> {
            if (!present.contains(encoded(key))) {
                all.put(encoded(key), encoded(value));
            }
        });
        List<String> parts = new ArrayList<>(query.isEmpty() ? List.of() : List.of(query));
        all.forEach((key, value) -> parts.add(key + "=" + value));
        return String.join("&", parts);
    }

    private Map<String, String> pairs(Located queryParams) {
        List<String> flat = queryParams.node().isArray()
                ? fields.texts(queryParams)
                : PARTS.splitAsStream(fields.scalar(queryParams).orElse("").replace("?", ""))
                        .filter(part -> !part.isEmpty())
                        .toList();
        if (flat.size() % 2 != 0) {
            remarks.refuse(queryParams, "a name without a value");
            return Map.of();
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < flat.size(); i += 2) {
            pairs.putIfAbsent(flat.get(i), flat.get(i + 1));
        }
        return pairs;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
