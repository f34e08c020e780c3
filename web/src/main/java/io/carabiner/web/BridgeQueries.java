package io.carabiner.web;

import io.carabiner.graphql.Arguments;
import io.carabiner.graphql.Clearance;
import io.carabiner.graphql.Shape;
import io.carabiner.pipeline.Bridge;
import io.carabiner.primitives.Juels;
import io.carabiner.web.BridgeRoutes.Wish;
import io.carabiner.web.QueryFields.Part;
import java.util.List;
import java.util.Optional;

/** Bridges over GraphQL (Go node 2.31, core/web/resolver/bridge.go). */
final class BridgeQueries {

    private static final long CONFIRMATIONS_MAX = 0xffff_ffffL;

    private final BridgeCatalogue bridges;
    private final JobCatalogue jobs;

    BridgeQueries(BridgeCatalogue bridges, JobCatalogue jobs) {
        this.bridges = bridges;
        this.jobs = jobs;
    }

    void addTo(QueryFields fields) {
        fields.query("bridge", this::bridge);
        fields.query("bridges", this::list);
        fields.mutation("createBridge", Clearance.EDIT, this::create);
        fields.mutation("updateBridge", Clearance.EDIT, this::update);
        fields.mutation("deleteBridge", Clearance.EDIT, this::delete);
    }

    private Shape bridge(Arguments arguments) {
        BridgeRoutes.requireName(arguments.text("id"));
        return bridges.find(arguments.text("id")).map(BridgeQueries::shape).orElseGet(BridgeQueries::unknown);
    }

    private Shape list(Arguments arguments) {
        Part part = Part.of(arguments, QueryFields.PAGE_MAX);
        Listing<Bridge> found = bridges.list(part.offset(), part.limit());
        return QueryFields.page(
                "BridgesPayload",
                found.items().stream().map(BridgeQueries::shape).toList(),
                found.count());
    }

    private Shape create(Arguments arguments) {
        Wish wish = wish(arguments.input());
        return bridges.create(wish.name(), wish.url().orElseThrow(), wish.confirmations(), wish.payment())
                .map(made -> Shape.of("CreateBridgeSuccess")
                        .with("bridge", shape(made.bridge()))
                        .with("incomingToken", made.incomingToken()))
                .orElseThrow(() -> WebException.refused(400, "bridge type " + wish.name() + " already exists"));
    }

    /** The name stays, whatever the input says. */
    private Shape update(Arguments arguments) {
        Wish wish = wish(arguments.input());
        return bridges.update(arguments.text("id"), wish.url().orElseThrow(), wish.confirmations(), wish.payment())
                .map(changed -> Shape.of("UpdateBridgeSuccess").with("bridge", shape(changed)))
                .orElseGet(BridgeQueries::unknown);
    }

    private Shape delete(Arguments arguments) {
        String name = arguments.text("id");
        try {
            BridgeRoutes.requireName(name);
        } catch (WebException e) {
            return invalid(String.valueOf(e.getMessage()));
        }
        Optional<Bridge> bridge = bridges.find(name);
        if (bridge.isEmpty()) {
            return unknown();
        }
        if (!jobs.usingBridge(bridge.get().name()).isEmpty()) {
            return invalid("bridge has jobs associated with it");
        }
        return bridges.delete(bridge.get().name())
                ? Shape.of("DeleteBridgeSuccess").with("bridge", shape(bridge.get()))
                : unknown();
    }

    private static Shape invalid(String why) {
        return QueryFields.error("DeleteBridgeInvalidNameError", why, "UNPROCESSABLE");
    }

    private static Shape unknown() {
        return QueryFields.notFound("bridge not found");
    }

    private static Wish wish(Arguments input) {
        String name = input.text("name");
        try {
            BridgeRoutes.requireName(name);
        } catch (WebException e) {
            throw WebException.refused(400, "invalid bridge name: " + e.getMessage());
        }
        Wish wish = new Wish(
                name,
                Optional.of(input.text("url")).filter(text -> !text.isEmpty()).map(BridgeRoutes::url),
                input.optionalNumber("confirmations").orElse(0),
                Optional.of(BridgeRoutes.juels(input.text("minimumContractPayment"))));
        return checked(wish);
    }

    private static Wish checked(Wish wish) {
        List<String> faults = wish.faults();
        if (wish.url().isEmpty()) {
            throw WebException.refused(400, "url must be present");
        }
        if (wish.confirmations() < 0 || wish.confirmations() > CONFIRMATIONS_MAX) {
            throw WebException.refused(400, "confirmations must not be negative");
        }
        if (!faults.isEmpty()) {
            throw WebException.refused(400, faults.toArray(String[]::new));
        }
        return wish;
    }

    private static Shape shape(Bridge bridge) {
        return Shape.of("Bridge")
                .with("id", bridge.name())
                .with("name", bridge.name())
                .with("url", bridge.url().toString())
                .with("confirmations", bridge.confirmations())
                .with("outgoingToken", bridge.outgoingToken())
                .with(
                        "minimumContractPayment",
                        bridge.minimumContractPayment().map(Juels::toString).orElse("0"))
                .with("createdAt", bridge.createdAt())
                .with("useConnectionManager", false);
    }
}
