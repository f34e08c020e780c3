package io.carabiner.web;

import io.carabiner.jobs.webhook.ExternalInitiator;
import io.carabiner.jobs.webhook.ExternalInitiators;
import io.carabiner.jobs.webhook.ExternalInitiators.NewInitiator;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** External initiators (Go node 2.15, core/web/external_initiators_controller.go). */
final class InitiatorRoutes {

    /** The fields of a new initiator, with everything that is secret. */
    record CreatedAttributes(
            String name,
            String url,
            String incomingAccessKey,
            String incomingSecret,
            String outgoingToken,
            String outgoingSecret) {}

    /** The fields of an initiator. */
    record InitiatorAttributes(
            String name,
            Optional<String> url,
            String accessKey,
            String outgoingToken,
            Instant createdAt,
            Instant updatedAt) {}

    private final WebServices.Webhooks webhooks;
    private final ExternalInitiators initiators;

    InitiatorRoutes(WebServices.Webhooks webhooks) {
        this.webhooks = webhooks;
        this.initiators = webhooks.initiators();
    }

    List<Route> routes() {
        Access view = Access.role(Role.VIEW);
        Access edit = Access.role(Role.EDIT);
        return List.of(
                Route.get("/v2/external_initiators", view, this::list),
                Route.post("/v2/external_initiators", edit, this::create),
                Route.delete("/v2/external_initiators/:Name", edit, this::delete));
    }

    private Answer list(Call call) {
        Page page = Page.of(call, Page.SIZE_DEFAULT);
        List<Resource> found = initiators.list(page.offset(), page.size()).stream()
                .map(InitiatorRoutes::resource)
                .toList();
        return JsonApi.page(call, page, found, initiators.count());
    }

    private Answer create(Call call) {
        JsonBody body = call.json("bridges.ExternalInitiatorRequest");
        String name = body.text("name");
        Optional<URI> url =
                body.optionalText("url").filter(text -> !text.isEmpty()).map(BridgeRoutes::url);
        if (!webhooks.initiatorsEnabled()) {
            throw WebException.refused(405, "The External Initiator feature is disabled by configuration");
        }
        ExternalInitiators.nameFault(name).ifPresent(fault -> {
            throw WebException.refused(400, fault);
        });
        return initiators
                .create(name, url)
                .map(InitiatorRoutes::created)
                .orElseThrow(() -> WebException.refused(400, "Name " + name + " already exists"));
    }

    private Answer delete(Call call) {
        String name = call.parameter("Name");
        List<Integer> jobs = webhooks.jobs().naming(name);
        if (!jobs.isEmpty()) {
            throw WebException.refused(
                    409, "can't remove the external initiator because jobs " + jobs + " name it: delete them first");
        }
        if (!initiators.delete(name)) {
            throw WebException.refused(404, "external initiator not found");
        }
        return Answer.noContent();
    }

    private static Answer created(NewInitiator made) {
        ExternalInitiator initiator = made.initiator();
        return JsonApi.one(
                201,
                new Resource(
                        "external initiators",
                        initiator.name(),
                        new CreatedAttributes(
                                initiator.name(),
                                initiator.url().map(URI::toString).orElse(""),
                                initiator.accessKey(),
                                made.incomingSecret(),
                                initiator.outgoingToken(),
                                initiator.outgoingSecret())));
    }

    private static Resource resource(ExternalInitiator initiator) {
        return new Resource(
                "externalInitiators",
                String.valueOf(initiator.id()),
                new InitiatorAttributes(
                        initiator.name(),
                        initiator.url().map(URI::toString),
                        initiator.accessKey(),
                        initiator.outgoingToken(),
                        initiator.createdAt(),
                        initiator.updatedAt()));
    }
}
