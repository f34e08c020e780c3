package io.carabiner.web;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.txm.Forwarder;
import io.carabiner.txm.Forwarders;
import io.carabiner.txm.Txm;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Tracked forwarder contracts (Go node 2.15, core/web/evm_forwarders_controller.go). */
final class ForwarderRoutes {

    /** The fields of a forwarder. */
    record ForwarderAttributes(String address, String evmChainId, Instant createdAt, Instant updatedAt) {}

    private final SendingRooms rooms;
    private final Forwarders forwarders;

    ForwarderRoutes(SendingRooms rooms) {
        this.rooms = rooms;
        this.forwarders = rooms.forwarders();
    }

    List<Route> routes() {
        Access edit = Access.role(Role.EDIT);
        return List.of(
                Route.get("/v2/nodes/evm/forwarders", Access.role(Role.VIEW), this::list),
                Route.post("/v2/nodes/evm/forwarders/track", edit, this::track),
                Route.delete("/v2/nodes/evm/forwarders/:fwdID", edit, this::delete));
    }

    private Answer list(Call call) {
        Page page = Page.of(call, Page.SIZE_DEFAULT);
        List<Resource> resources = forwarders.list(page.offset(), page.size()).stream()
                .map(ForwarderRoutes::resource)
                .toList();
        return JsonApi.page(call, page, resources, forwarders.count());
    }

    private Answer track(Call call) {
        JsonBody body = call.json("web.TrackEVMForwarderRequest");
        ChainId chain = body.find("evmChainId")
                .map(JsonNode::asString)
                .flatMap(ChainTexts::chainId)
                .orElseThrow(() -> WebException.refused(422, "evmChainId is missing: name the chain"));
        Address address = body.optionalText("address")
                .map(text -> ChainTexts.address(text, 422))
                .orElseThrow(() -> WebException.refused(422, "address is missing: name the forwarder contract"));
        Forwarder tracked = forwarders
                .track(chain, address)
                .orElseThrow(() -> WebException.refused(
                        400,
                        "ERROR: duplicate key value violates unique constraint \"evm_forwarders_address_key\""
                                + " (SQLSTATE 23505)"));
        rooms.all().forEach(Txm::forwardersChanged);
        return JsonApi.one(201, resource(tracked));
    }

    private Answer delete(Call call) {
        long id = GoFormats.int64(call.parameter("fwdID"));
        if (!forwarders.delete(id)) {
            throw WebException.refused(500, "sql: no rows in result set");
        }
        rooms.all().forEach(Txm::forwardersChanged);
        return Answer.noContent();
    }

    private static Resource resource(Forwarder forwarder) {
        return new Resource(
                "evm_forwarder",
                String.valueOf(forwarder.id()),
                new ForwarderAttributes(
                        forwarder.address().toString(),
                        forwarder.evmChainId().toString(),
                        forwarder.createdAt(),
                        forwarder.updatedAt()));
    }
}
