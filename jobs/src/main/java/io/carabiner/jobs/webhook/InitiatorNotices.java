package io.carabiner.jobs.webhook;

import io.carabiner.jobs.webhook.WebhookSpec.Named;
import io.carabiner.telemetry.JobMessages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells external initiators of jobs that name them (Go node 2.15, core/services/webhook/external_initiator_manager.go).
 * The operator chose their URLs, and as in the Go node, which uses its client without restrictions here, the policy for
 * outbound addresses does not apply: initiators stand beside the node as a rule. Redirects are not followed, since the
 * call carries a secret. A notice that fails is reported and not repeated; the job stays. Safe for use by many threads.
 */
final class InitiatorNotices {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int OK_MIN = 200;
    private static final int OK_MAX = 299;

    private final ExternalInitiators initiators;
    private final JobMessages messages = new JobMessages();

    InitiatorNotices(ExternalInitiators initiators) {
        this.initiators = initiators;
    }

    private interface Shape {
        HttpRequest.Builder of(URI url, HttpRequest.Builder call);
    }

    /** Returns at once. */
    void created(WebhookSpec spec) {
        spec.initiators().forEach(named -> inBackground(named.name(), spec, List.of(creation(spec, named))));
    }

    /** Returns at once. */
    void deleted(WebhookSpec spec) {
        spec.initiators().forEach(named -> inBackground(named.name(), spec, List.of(deletion(spec))));
    }

    /** An initiator for which all is as it was hears nothing; another that stays hears of an end and a beginning. */
    void changed(WebhookSpec before, WebhookSpec now) {
        boolean sameJob = before.header().externalJobId().equals(now.header().externalJobId());
        Map<String, List<Shape>> notices = new LinkedHashMap<>();
        for (Named old : before.initiators()) {
            if (!sameJob || !now.initiators().contains(old)) {
                notices.computeIfAbsent(old.name(), any -> new ArrayList<>()).add(deletion(before));
            }
        }
        for (Named named : now.initiators()) {
            if (!sameJob || !before.initiators().contains(named)) {
                notices.computeIfAbsent(named.name(), any -> new ArrayList<>()).add(creation(now, named));
            }
        }
        notices.forEach((name, shapes) -> inBackground(name, now, shapes));
    }

    private static Shape creation(WebhookSpec spec, Named named) {
        String body = "{\"jobId\":\"" + spec.header().externalJobId() + "\",\"type\":\"" + named.name()
                + "\",\"params\":" + named.params() + "}";
        return (url, call) -> call.uri(url).POST(BodyPublishers.ofString(body));
    }

    private static Shape deletion(WebhookSpec spec) {
        UUID job = spec.header().externalJobId();
        return (url, call) -> call.uri(child(url, job)).DELETE();
    }

    private static URI child(URI url, UUID job) {
        String text = url.toString();
        return URI.create(text.endsWith("/") ? text + job : text + "/" + job);
    }

    private void inBackground(String name, WebhookSpec spec, List<Shape> inThisOrder) {
        Thread.ofVirtual().name("notice-" + name).start(() -> inThisOrder.forEach(shape -> tell(name, spec, shape)));
    }

    private void tell(String name, WebhookSpec spec, Shape shape) {
        try {
            Optional<ExternalInitiator> initiator = initiators.find(name);
            if (initiator.isPresent() && initiator.get().url().isPresent()) {
                send(initiator.get(), shape.of(initiator.get().url().get(), HttpRequest.newBuilder()));
            }
        } catch (IOException | RuntimeException e) {
            messages.initiatorNotTold(name, spec.header().externalJobId().toString(), String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(ExternalInitiator initiator, HttpRequest.Builder call)
            throws IOException, InterruptedException {
        HttpRequest request = call.timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("X-Chainlink-EA-AccessKey", initiator.outgoingToken())
                .header("X-Chainlink-EA-Secret", initiator.outgoingSecret())
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build()) {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status < OK_MIN || status > OK_MAX) {
                throw new IOException("the initiator answered with status " + status);
            }
        }
    }
}
