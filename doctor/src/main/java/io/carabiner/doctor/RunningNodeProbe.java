package io.carabiner.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Whether a node answers at a port of this machine. */
final class RunningNodeProbe {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);

    private RunningNodeProbe() {}

    /** Asks {@code /health}, which every node answers without a session: with 200, 204, 207 or 503. */
    static boolean answersAt(InetAddress ip, int port) {
        String host = ip.isAnyLocalAddress() ? "127.0.0.1" : ip.getHostAddress();
        URI url = URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/health");
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(url).timeout(ANSWERS_WITHIN).build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 204 || answer.body().contains("\"checks\"");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
