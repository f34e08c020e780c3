package io.carabiner.bench;

import io.carabiner.devnet.Login;
import io.carabiner.testkit.ApiRequests;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./campaign api-fuzz}: requests that are made up from the API's own description go to a node with all its
 * rooms. No answer may be a fault that nobody expects, show the inside of the program or stay out; and the node must be
 * well afterwards, or it exits with 1.
 */
public final class ApiFuzzCampaign {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int SHOWN_MAX = 40;
    private static final int PROGRESS_EVERY = 10_000;

    /** Calls as many as are wanted, and cheap key files: what is looked for are faults, not slowness. */
    private static final String SETTINGS = """
            InsecureFastScrypt = true
            [WebServer.RateLimit]
            Authenticated = 100000000
            Unauthenticated = 100000000
            """;

    private static final int UNAUTHORIZED = 401;

    /** What is done. */
    record Options(int requests, long seed) {

        static final String USAGE = "usage: ./campaign api-fuzz [--requests 100000] [--seed 1]";

        static Options parse(String... arguments) {
            int requests = 100_000;
            long seed = 1;
            for (int i = 0; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException(USAGE);
                }
                switch (arguments[i]) {
                    case "--requests" -> requests = Integer.parseInt(arguments[i + 1]);
                    case "--seed" -> seed = Long.parseLong(arguments[i + 1]);
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i] + "; " + USAGE);
                }
            }
            return new Options(requests, seed);
        }
    }

    private final Options options;
    private final URI node;
    private final Login login;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private int complaints;

    private ApiFuzzCampaign(Options options, URI node, Login login) {
        this.options = options;
        this.node = node;
        this.login = login;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        Options options = Options.parse(arguments);
        Path launcher = Path.of(System.getProperty("carabiner.home", ".")).resolve("carabiner");
        Path folder = Files.createTempDirectory("carabiner-api-fuzz");
        Setup setup = Setup.USUAL.withWrapper("env", "CL_CONFIG=" + SETTINGS);
        boolean clean;
        try (World world = World.start(folder, launcher, 1, setup)) {
            clean = new ApiFuzzCampaign(options, world.url(), world.credentials()).run();
        }
        if (clean) {
            World.delete(folder);
        } else {
            System.out.println("the node's files and log are in " + folder);
        }
        System.exit(clean ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        logIn();
        ApiRequests requests = new ApiRequests(
                JsonMapper.shared().readTree(send("GET", "/v2/openapi.json", "").body()), options.seed());
        long startNanos = System.nanoTime();
        for (int i = 1; i <= options.requests(); i++) {
            ask(requests, i);
            if (i % PROGRESS_EVERY == 0) {
                System.out.println(i + " requests, " + complaints + " complaints, " + statuses);
            }
        }
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        boolean ready = send("GET", "/readyz", "").statusCode() == 200;
        System.out.printf(
                "seed %d: %d requests to %d operations in %.0f s; statuses %s; complaints %d; ready afterwards: %s%n",
                options.seed(), options.requests(), requests.operations(), seconds, statuses, complaints, ready);
        return complaints == 0 && ready;
    }

    private void ask(ApiRequests requests, int number) throws InterruptedException {
        ApiRequests.Request request = requests.next();
        try {
            HttpResponse<String> answer = sendOnAnyConnection(request);
            statuses.merge(answer.statusCode(), 1, Integer::sum);
            report(number, request, ApiRequests.complaint(request, answer.statusCode(), answer.body()), answer.body());
            requests.learn(answer.body());
            if (answer.statusCode() == UNAUTHORIZED) {
                logIn();
            }
        } catch (IOException e) {
            report(number, request, Optional.of("no answer: " + e), "");
        }
    }

    /** A URL that is none closes the connection behind its answer: what comes next may need another. */
    private HttpResponse<String> sendOnAnyConnection(ApiRequests.Request request)
            throws IOException, InterruptedException {
        try {
            return send(request.method(), request.path(), request.body());
        } catch (IOException e) {
            return send(request.method(), request.path(), request.body());
        }
    }

    private void report(int number, ApiRequests.Request request, Optional<String> complaint, String answer) {
        complaint.ifPresent(text -> {
            complaints++;
            if (complaints <= SHOWN_MAX) {
                System.out.println("request " + number + ": " + text + "\n  " + shortened(request.toString())
                        + "\n  -> " + shortened(answer));
            }
        });
    }

    private static String shortened(String text) {
        return text.length() <= 600 ? text : text.substring(0, 600) + "…";
    }

    private void logIn() throws InterruptedException {
        try {
            send(
                    "POST",
                    "/sessions",
                    JsonMapper.shared()
                            .writeValueAsString(Map.of("email", login.mail(), "password", login.password())));
        } catch (IOException e) {
            throw new IllegalStateException("cannot log in", e);
        }
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node.resolve(path))
                .timeout(ANSWER_WITHIN)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
