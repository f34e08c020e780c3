package io.carabiner.audit;

import io.carabiner.config.AuditLoggerConfig;
import io.carabiner.telemetry.AuditMessages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import tools.jackson.databind.ObjectMapper;

/**
 * Posts events to the operator's service as the Go node does (2.31, core/logger/audit): one JSON object each, in their
 * order, each tried once; with {@value #WAITING_MAX} waiting, more are dropped with an error. Thread-safe.
 */
public final class AuditForwarder implements AutoCloseable {

    /** How many events may wait. */
    static final int WAITING_MAX = 2048;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String ENVIRONMENT = "production";

    private final BlockingQueue<AuditEvent> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final URI target;
    private final Optional<String> wrapper;
    private final List<String> headers;
    private final String hostname;
    private final String localIp;
    private final AuditMessages messages = new AuditMessages();
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http;
    private final Thread sender;

    private AuditForwarder(AuditLoggerConfig config, URI target) {
        this.target = target;
        this.wrapper = config.jsonWrapperKey();
        this.headers = config.headers().orElse(List.of());
        this.hostname = machine(InetAddress::getHostName);
        this.localIp = machine(InetAddress::getHostAddress);
        this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        this.sender = Thread.ofVirtual().name("audit-forwarder").start(this::run);
    }

    /** As configured; empty if nothing is to be forwarded. */
    public static Optional<AuditForwarder> of(AuditLoggerConfig config) {
        return config.forwardToUrl().filter(url -> config.enabled()).map(url -> new AuditForwarder(config, url));
    }

    private static String machine(Function<InetAddress, String> part) {
        try {
            return part.apply(InetAddress.getLocalHost());
        } catch (IOException e) {
            // A machine that does not know its own name: the receiver sees where the request comes from.
            return "";
        }
    }

    void offer(AuditEvent event) {
        if (!waiting.offer(event)) {
            messages.dropped(event.eventId(), WAITING_MAX);
        }
    }

    private void run() {
        try {
            while (true) {
                post(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(AuditEvent event) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body(event)));
        headers.forEach(header -> request.setHeader(
                header.substring(0, header.indexOf(':')).strip(),
                header.substring(header.indexOf(':') + 1).strip()));
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                messages.refused(event.eventId(), answer.statusCode());
            }
        } catch (IOException e) {
            messages.notSent(event.eventId(), e);
        }
    }

    private String body(AuditEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("eventID", event.eventId());
        fields.put("hostname", hostname);
        fields.put("localIP", localIp);
        fields.put("env", ENVIRONMENT);
        fields.put("data", event.data());
        return json.writeValueAsString(wrapper.isPresent() ? Map.of(wrapper.get(), fields) : fields);
    }

    /** Ends; what waits is not sent any more, and stands in the log of the node all the same. */
    @Override
    public void close() {
        sender.interrupt();
        http.shutdownNow();
    }
}
