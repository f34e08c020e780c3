package io.carabiner.checks;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which room may use which: the drawing of ARCHITECTURE.md as a table. A dependency that is not in it is a violation,
 * and so is a table row that no class needs any more.
 */
final class RoomEdges {

    private static final String PREFIX = "io.carabiner.";

    private static final Map<String, Set<String>> ALLOWED = new TreeMap<>(Map.ofEntries(
            Map.entry("primitives", Set.of()),
            Map.entry("telemetry", Set.of("primitives")),
            Map.entry("config", Set.of("primitives", "telemetry")),
            Map.entry("crypto", Set.of("primitives")),
            Map.entry("localservers", Set.of("primitives")),
            Map.entry("database", Set.of("primitives", "telemetry", "config")),
            Map.entry("backup", Set.of("primitives", "telemetry", "config", "database")),
            Map.entry("audit", Set.of("primitives", "telemetry", "config", "database")),
            Map.entry("keystore", Set.of("primitives", "crypto", "database")),
            Map.entry("rpc", Set.of("primitives", "telemetry", "config")),
            Map.entry("doctor", Set.of("primitives", "config", "crypto", "database", "rpc")),
            Map.entry("evm", Set.of("primitives", "telemetry", "config", "crypto", "database", "rpc")),
            Map.entry(
                    "txm", Set.of("primitives", "telemetry", "config", "crypto", "database", "keystore", "rpc", "evm")),
            Map.entry("guards", Set.of("primitives", "telemetry", "config", "database", "rpc", "evm", "txm")),
            Map.entry("values", Set.of("primitives", "crypto")),
            Map.entry("abi", Set.of("primitives", "crypto", "values")),
            Map.entry("outbound", Set.of("primitives")),
            Map.entry(
                    "pipeline",
                    Set.of(
                            "primitives",
                            "telemetry",
                            "config",
                            "crypto",
                            "database",
                            "evm",
                            "values",
                            "abi",
                            "outbound")),
            Map.entry(
                    "jobs",
                    Set.of(
                            "primitives",
                            "telemetry",
                            "config",
                            "crypto",
                            "database",
                            "keystore",
                            "evm",
                            "txm",
                            "pipeline",
                            "values")),
            Map.entry(
                    "fluxmonitor",
                    Set.of(
                            "primitives",
                            "telemetry",
                            "config",
                            "crypto",
                            "database",
                            "keystore",
                            "rpc",
                            "evm",
                            "txm",
                            "values",
                            "pipeline",
                            "jobs")),
            Map.entry("migrate", Set.of("primitives", "crypto")),
            Map.entry("graphql", Set.of("primitives")),
            Map.entry(
                    "web",
                    Set.of(
                            "primitives",
                            "telemetry",
                            "config",
                            "crypto",
                            "audit",
                            "database",
                            "keystore",
                            "rpc",
                            "evm",
                            "txm",
                            "pipeline",
                            "jobs",
                            "graphql")),
            Map.entry("cli", Set.of("primitives", "config", "crypto")),
            Map.entry("devnet", Set.of("primitives", "crypto", "localservers", "evm")),
            Map.entry(
                    "node",
                    Set.of(
                            "primitives",
                            "telemetry",
                            "config",
                            "crypto",
                            "localservers",
                            "audit",
                            "database",
                            "backup",
                            "doctor",
                            "keystore",
                            "rpc",
                            "evm",
                            "txm",
                            "guards",
                            "outbound",
                            "pipeline",
                            "jobs",
                            "fluxmonitor",
                            "migrate",
                            "web",
                            "cli",
                            "devnet"))));

    private RoomEdges() {}

    static Set<String> rooms() {
        return ALLOWED.keySet();
    }

    /** Each use of a room that the table does not allow, one sentence each. */
    static List<String> violations(JavaClasses classes) {
        List<String> found = new ArrayList<>();
        for (JavaClass user : classes) {
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                room(user)
                        .flatMap(from -> room(dependency.getTargetClass()).flatMap(to -> forbidden(from, to)))
                        .ifPresent(edge -> found.add(edge + ": " + dependency.getDescription()));
            }
        }
        return found;
    }

    private static Optional<String> forbidden(String from, String to) {
        boolean allowed =
                from.equals(to) || ALLOWED.getOrDefault(from, Set.of()).contains(to);
        return allowed ? Optional.empty() : Optional.of(from + " must not use " + to);
    }

    /** The room a class is in, or empty if it is not ours. */
    static Optional<String> room(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String rest = name.substring(PREFIX.length());
        int end = rest.indexOf('.');
        return Optional.of(end < 0 ? rest : rest.substring(0, end));
    }
}
