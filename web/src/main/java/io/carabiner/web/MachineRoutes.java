package io.carabiner.web;

import io.carabiner.web.WebServices.About;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What the process itself looks like, under the paths where the Go node shows its runtime (core/web/router.go).
 * Profiles in Go's formats cannot be made here; what there is instead is text.
 */
final class MachineRoutes {

    private static final String PPROF = "/v2/debug/pprof/";
    private static final String DISCOVERY = "application/json";
    private static final List<String> THREADS = List.of("goroutine", "threadcreate");
    private static final List<String> MEMORY = List.of("heap", "allocs");
    private static final List<String> ABSENT = List.of("block", "mutex", "profile", "symbol", "trace");

    private final About about;
    private final int port;

    MachineRoutes(About about, int port) {
        this.about = about;
        this.port = port;
    }

    /** A group of targets of Prometheus' HTTP service discovery. */
    record Target(List<String> targets, Map<String, String> labels) {}

    List<Route> routes() {
        Access view = Access.role(Role.VIEW);
        List<Route> rows = new ArrayList<>(List.of(
                Route.get("/discovery", Access.ANYBODY, call -> discovery()),
                Route.get("/plugins/:name/metrics", Access.ANYBODY, MachineRoutes::noPlugin),
                Route.get("/debug/vars", Access.SESSION, call -> variables()),
                Route.get(PPROF, view, call -> index()),
                Route.get(PPROF + "cmdline", view, call -> Answer.text(200, commandLine()))));
        THREADS.forEach(name -> rows.add(Route.get(PPROF + name, view, call -> Answer.text(200, threads()))));
        MEMORY.forEach(name -> rows.add(Route.get(PPROF + name, view, call -> Answer.text(200, memory()))));
        ABSENT.forEach(name -> rows.add(Route.get(PPROF + name, view, MachineRoutes::noProfile)));
        rows.add(Route.post(PPROF + "symbol", view, MachineRoutes::noProfile));
        return rows;
    }

    private Answer discovery() {
        Target target = new Target(List.of(about.discoveryHost() + ":" + port), Map.of("__metrics_path__", "/metrics"));
        return Answer.of(200, DISCOVERY, GoJson.write(List.of(target)));
    }

    private static Answer noPlugin(Call call) {
        return Answer.of(404, "text/plain", "plugin \"" + call.parameter("name") + "\" does not exist");
    }

    /** Under the names of Go's expvar, as far as they mean something here. */
    private static Answer variables() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("HeapAlloc", heap.getUsed());
        memory.put("HeapSys", heap.getCommitted());
        memory.put("NumGC", collections());
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("cmdline", List.of(commandLine()));
        variables.put("memstats", memory);
        return Answer.json(200, variables);
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(collector -> Math.max(0, collector.getCollectionCount()))
                .sum();
    }

    /** The program without its arguments, which may hold what is nobody's business. */
    private static String commandLine() {
        return ProcessHandle.current().info().command().orElse("carabiner");
    }

    private static Answer index() {
        StringBuilder list = new StringBuilder("<html><head><title>/debug/pprof/</title></head><body>\n<ul>\n");
        Stream.of(List.of("cmdline"), THREADS, MEMORY)
                .flatMap(List::stream)
                .sorted()
                .forEach(name -> list.append("<li><a href=\"%s\">%s</a></li>\n".formatted(name, name)));
        list.append(
                "</ul>\n<p>Profiles in the formats of Go are not made here: use jcmd and JFR on the machine.</p>\n");
        return Answer.of(200, Answer.HTML, list.append("</body></html>\n").toString());
    }

    private static Answer noProfile(Call call) {
        String name = call.match().route().template().substring(PPROF.length());
        throw WebException.refused(
                501,
                "there is no profile " + name + " in Go's format here: run jcmd "
                        + ProcessHandle.current().pid()
                        + " JFR.start on the machine, or ask for goroutine (threads) or heap (memory)");
    }

    private static String memory() {
        StringBuilder lines = new StringBuilder("bytes used, committed, most\n");
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getUsage();
            if (usage != null) {
                lines.append("%s: %d, %d, %d\n"
                        .formatted(pool.getName(), usage.getUsed(), usage.getCommitted(), usage.getMax()));
            }
        }
        return lines.toString();
    }

    /** All threads, the virtual ones among them: the machine writes them into a file only. */
    private static String threads() {
        try {
            Path folder = Files.createTempDirectory("carabiner-threads");
            Path file = folder.resolve("threads.txt");
            try {
                dump(file);
                return Files.readString(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the threads could not be written into a file", e);
        }
    }

    private static void dump(Path file) throws IOException {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            server.invoke(
                    new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                    "dumpThreads",
                    new Object[] {file.toString(), "TEXT_PLAIN"},
                    new String[] {String.class.getName(), String.class.getName()});
        } catch (JMException e) {
            throw new IOException(e);
        }
    }
}
