package io.carabiner.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carabiner.pipeline.Bridge;
import io.carabiner.pipeline.BridgeHealth;
import io.carabiner.primitives.Juels;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Bridges to external adapters (Go node 2.15, core/web/bridge_types_controller.go). */
final class BridgeRoutes {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]*");

    /**
     * The fields of a bridge.
     *
     * @param incomingToken only in the answer to its creation
     * @param minimumContractPayment juels as decimal text
     */
    record BridgeAttributes(
            String name,
            String url,
            long confirmations,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> incomingToken,
            String outgoingToken,
            Optional<String> minimumContractPayment,
            Instant createdAt) {}

    /**
     * How a bridge answers; times in milliseconds, null before its first good answer.
     *
     * @param circuit {@code closed}, {@code open} or {@code probing}; {@code unused} before the first request
     * @param errorClass {@code timeout}, {@code unreachable}, {@code too_large} or {@code adapter}
     */
    record HealthAttributes(
            String name,
            String circuit,
            long answered,
            long failed,
            int underWay,
            Optional<Double> p50Ms,
            Optional<Double> p95Ms,
            Optional<Instant> lastGoodAt,
            Optional<String> errorClass,
            Optional<String> error,
            Optional<Instant> errorAt) {

        private static final double NANOS_PER_MILLI = 1e6;

        static HealthAttributes of(String name, Optional<BridgeHealth> known) {
            return new HealthAttributes(
                    name,
                    known.map(health -> health.circuit().name().toLowerCase(Locale.ROOT))
                            .orElse("unused"),
                    known.map(BridgeHealth::answered).orElse(0L),
                    known.map(BridgeHealth::failed).orElse(0L),
                    known.map(BridgeHealth::underWay).orElse(0),
                    known.flatMap(BridgeHealth::p50).map(HealthAttributes::millis),
                    known.flatMap(BridgeHealth::p95).map(HealthAttributes::millis),
                    known.flatMap(BridgeHealth::lastGood),
                    known.flatMap(BridgeHealth::lastFailure)
                            .map(failure -> failure.errorClass().externalName()),
                    known.flatMap(BridgeHealth::lastFailure).map(BridgeHealth.Failure::text),
                    known.flatMap(BridgeHealth::lastFailure).map(BridgeHealth.Failure::at));
        }

        private static double millis(Duration duration) {
            return Math.round(duration.toNanos() / NANOS_PER_MILLI * 10) / 10.0;
        }
    }

    /** What a caller wants a bridge to be; the name as it was written. */
    record Wish(String name, Optional<URI> url, long confirmations, Optional<BigInteger> minimumContractPayment) {

        List<String> faults() {
            List<String> faults = new ArrayList<>();
            if (name.isEmpty()) {
                faults.add("No name specified");
            }
            if (url.isEmpty()) {
                faults.add("URL must be present");
            }
            if (minimumContractPayment.filter(payment -> payment.signum() < 0).isPresent()) {
                faults.add("MinimumContractPayment must be positive");
            }
            return faults;
        }

        Optional<Juels> payment() {
            return minimumContractPayment.map(Juels::new);
        }
    }

    private final BridgeCatalogue bridges;
    private final JobCatalogue jobs;

    BridgeRoutes(BridgeCatalogue bridges, JobCatalogue jobs) {
        this.bridges = bridges;
        this.jobs = jobs;
    }

    List<Route> routes() {
        Access view = Access.role(Role.VIEW);
        Access edit = Access.role(Role.EDIT);
        return List.of(
                Route.get("/v2/bridge_types", view, this::list),
                Route.post("/v2/bridge_types", edit, this::create),
                Route.get("/v2/bridge_types/:BridgeName", view, call -> JsonApi.one(resource(find(call)))),
                Route.get("/v2/bridge_types/:BridgeName/health", view, this::health),
                Route.patch("/v2/bridge_types/:BridgeName", edit, this::update),
                Route.delete("/v2/bridge_types/:BridgeName", edit, this::delete));
    }

    private Answer list(Call call) {
        Page page = Page.of(call, Page.SIZE_DEFAULT);
        Listing<Bridge> found = bridges.list(page.offset(), page.size());
        return JsonApi.page(
                call, page, found.items().stream().map(BridgeRoutes::resource).toList(), found.count());
    }

    private Answer create(Call call) {
        Wish wish = wish(call.json("bridges.BridgeTypeRequest"));
        refuse(wish.faults());
        return bridges.create(wish.name(), wish.url().orElseThrow(), wish.confirmations(), wish.payment())
                .map(made -> JsonApi.one(resource(made.bridge(), Optional.of(made.incomingToken()))))
                .orElseThrow(() -> WebException.refused(400, "Bridge Type " + wish.name() + " already exists"));
    }

    private Answer update(Call call) {
        Bridge bridge = find(call);
        Wish wish = wish(call.json("bridges.BridgeTypeRequest"));
        refuse(wish.faults());
        return bridges.update(bridge.name(), wish.url().orElseThrow(), wish.confirmations(), wish.payment())
                .map(changed -> JsonApi.one(resource(changed)))
                .orElseThrow(BridgeRoutes::notFound);
    }

    /** Of our own: how the bridge has answered since the node started. */
    private Answer health(Call call) {
        Bridge bridge = find(call);
        return JsonApi.one(new Resource(
                "bridgeHealth", bridge.name(), HealthAttributes.of(bridge.name(), bridges.health(bridge.name()))));
    }

    private Answer delete(Call call) {
        Bridge bridge = find(call);
        List<Integer> users = jobs.usingBridge(bridge.name());
        if (!users.isEmpty()) {
            throw WebException.refused(
                    409, "can't remove the bridge because jobs " + users + " are associated with it");
        }
        if (!bridges.delete(bridge.name())) {
            throw notFound();
        }
        return JsonApi.one(resource(bridge));
    }

    private Bridge find(Call call) {
        String name = call.parameter("BridgeName");
        requireName(name);
        return bridges.find(name).orElseThrow(BridgeRoutes::notFound);
    }

    private static WebException notFound() {
        return WebException.refused(404, "bridge not found");
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw WebException.refused(400, faults.toArray(String[]::new));
        }
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw WebException.refused(422, "task type validation: name " + name + " contains invalid characters");
        }
    }

    private static Wish wish(JsonBody body) {
        String name = body.text("name");
        requireName(name);
        return new Wish(
                name,
                body.optionalText("url").filter(text -> !text.isEmpty()).map(BridgeRoutes::url),
                body.uint32("confirmations"),
                body.find("minimumContractPayment").map(BridgeRoutes::juels));
    }

    /** A URL as Go reads it. */
    static URI url(String text) {
        try {
            URI url = new URI(text);
            if (url.isAbsolute() || text.startsWith("/")) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Answered below in the Go node's words, like a text that is no URL for another reason.
        }
        return laxUrl(text);
    }

    /** Go reads some characters in a query that Java's parser does not; they are kept as escapes. */
    private static URI laxUrl(String text) {
        String escaped = text.replace("<", "%3C")
                .replace(">", "%3E")
                .replace("\"", "%22")
                .replace("|", "%7C");
        try {
            URI url = new URI(escaped);
            if (url.isAbsolute() && !escaped.equals(text)) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw invalidUrl(text);
        }
        throw invalidUrl(text);
    }

    private static WebException invalidUrl(String text) {
        return WebException.refused(422, "parse \"" + text + "\": invalid URI for request");
    }

    private static BigInteger juels(JsonNode node) {
        if (!node.isString()) {
            throw WebException.refused(422, "cannot unmarshal json.Number into currency");
        }
        return juels(node.stringValue());
    }

    /** An amount in digits. */
    static BigInteger juels(String text) {
        if (!text.matches("-?\\d{1,78}")) {
            throw WebException.refused(422, "assets: cannot unmarshal \"" + text + "\" into a *assets.Link");
        }
        return new BigInteger(text);
    }

    private static Resource resource(Bridge bridge) {
        return resource(bridge, Optional.empty());
    }

    private static Resource resource(Bridge bridge, Optional<String> incomingToken) {
        return new Resource(
                "bridges",
                bridge.name(),
                new BridgeAttributes(
                        bridge.name(),
                        bridge.url().toString(),
                        bridge.confirmations(),
                        incomingToken,
                        bridge.outgoingToken(),
                        bridge.minimumContractPayment().map(Juels::toString),
                        bridge.createdAt()));
    }
}
