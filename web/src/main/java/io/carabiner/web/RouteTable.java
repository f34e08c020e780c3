package io.carabiner.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the route of a request. A literal part of a path wins over one that varies. Immutable. */
final class RouteTable {

    /**
     * A route with what stood in the place of its names.
     *
     * @param parameters decoded
     */
    record Match(Route route, Map<String, String> parameters) {}

    private final List<Route> routes;
    private final Map<String, List<Row>> rowsByMethod = new HashMap<>();

    private record Row(Route route, List<String> parts) {

        Optional<Match> match(List<String> path) {
            if (path.size() != parts.size()) {
                return Optional.empty();
            }
            LinkedHashMap<String, String> parameters = new LinkedHashMap<>();
            for (int i = 0; i < parts.size(); i++) {
                String part = parts.get(i);
                if (part.startsWith(":") && !path.get(i).isEmpty()) {
                    parameters.put(part.substring(1), path.get(i));
                } else if (!part.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Match(route, parameters));
        }

        long names() {
            return parts.stream().filter(part -> part.startsWith(":")).count();
        }
    }

    /**
     * A table.
     *
     * @throws IllegalArgumentException if a method and template stand there twice
     */
    RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        for (Route route : routes) {
            List<Row> rows = rowsByMethod.computeIfAbsent(route.method(), method -> new ArrayList<>());
            if (rows.stream().anyMatch(row -> row.route().template().equals(route.template()))) {
                throw new IllegalArgumentException("twice: " + route.method() + " " + route.template());
            }
            rows.add(new Row(route, List.of(route.template().split("/", -1))));
        }
        rowsByMethod.values().forEach(rows -> rows.sort(Comparator.comparingLong(Row::names)));
    }

    List<Route> routes() {
        return routes;
    }

    /** The route, if there is one for exactly this method and path. */
    Optional<Match> find(String method, List<String> path) {
        return rowsByMethod.getOrDefault(method, List.of()).stream()
                .flatMap(row -> row.match(path).stream())
                .findFirst();
    }

    /** The path with or without a slash at its end, whichever there is a route for. */
    Optional<List<String>> otherSlash(String method, List<String> path) {
        List<String> other = path.getLast().isEmpty()
                ? path.subList(0, path.size() - 1)
                : IntStream.rangeClosed(0, path.size())
                        .mapToObj(i -> i < path.size() ? path.get(i) : "")
                        .toList();
        return other.size() > 1 && find(method, other).isPresent() ? Optional.of(other) : Optional.empty();
    }
}
