package io.carabiner.testkit;

import io.carabiner.testkit.EndpointFault.Falsehood;
import io.carabiner.testkit.EndpointFault.Refusal;
import io.carabiner.testkit.EndpointFault.WireFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One message of a client, a request or a batch, with the faults that have struck its elements.
 *
 * @param batch whether the client sent an array, and so gets one
 */
record FaultedRequests(List<Element> elements, boolean batch) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LIMIT_EXCEEDED = -32005;

    /**
     * A request and what has struck it.
     *
     * @param refused what is answered in the endpoint's place
     */
    record Element(JsonNode request, List<EndpointFault> faults, Optional<JsonNode> refused) {

        JsonNode forwarded() {
            JsonNode changed = request;
            for (EndpointFault fault : faults) {
                changed = fault instanceof Falsehood falsehood ? FalseAnswers.request(falsehood, changed) : changed;
            }
            return changed;
        }

        JsonNode told(JsonNode answer) {
            JsonNode changed = answer;
            for (EndpointFault fault : faults) {
                changed = switch (fault) {
                    case Falsehood falsehood -> FalseAnswers.answer(falsehood, request, changed);
                    case EndpointFault.HugeAnswer huge -> huge(huge.bytes(), changed);
                    case WireFault _ -> changed;
                    case Refusal _ -> changed;
                };
            }
            return changed;
        }

        private static JsonNode huge(int bytes, JsonNode answer) {
            return answer instanceof ObjectNode object
                    ? object.deepCopy().put("result", "0x" + "00".repeat(bytes / 2))
                    : answer;
        }
    }

    /**
     * Reads a client's message.
     *
     * @param hashOf the hash of a raw transaction
     */
    static FaultedRequests of(byte[] message, FaultScript.Play play, Function<JsonNode, JsonNode> hashOf) {
        JsonNode parsed = JSON.readTree(message);
        List<Element> elements = new ArrayList<>();
        for (JsonNode request :
                parsed.isArray() ? parsed : JSON.createArrayNode().add(parsed)) {
            List<EndpointFault> faults = play.strike(request.path("method").asString(""));
            elements.add(new Element(request, faults, refusal(request, faults, hashOf)));
        }
        return new FaultedRequests(List.copyOf(elements), parsed.isArray());
    }

    private static Optional<JsonNode> refusal(
            JsonNode request, List<EndpointFault> faults, Function<JsonNode, JsonNode> hashOf) {
        for (EndpointFault fault : faults) {
            ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
            answer.set("id", request.path("id"));
            switch (fault) {
                case EndpointFault.ErrorText error -> {
                    answer.set("error", FalseAnswers.error(error.code(), error.message()));
                    return Optional.of(answer);
                }
                case EndpointFault.TooManyRequests _ -> {
                    answer.set(
                            "error", FalseAnswers.error(LIMIT_EXCEEDED, "daily request count exceeded, rate limited"));
                    return Optional.of(answer);
                }
                case EndpointFault.DroppedTransaction()
                when request.path("method").asString("").equals("eth_sendRawTransaction") -> {
                    answer.set("result", hashOf.apply(request.path("params").path(0)));
                    return Optional.of(answer);
                }
                case EndpointFault.DroppedTransaction() -> {}
                case EndpointFault.NotJson notJson -> {
                    answer.put("error", notJson.body());
                    return Optional.of(answer);
                }
                case Falsehood _ -> {}
                case WireFault _ -> {}
            }
        }
        return Optional.empty();
    }

    /** The first fault of a kind that has struck any of the elements. */
    <T extends EndpointFault> Optional<T> struckBy(Class<T> kind) {
        return elements.stream()
                .flatMap(element -> element.faults().stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    /** What the endpoint gets; empty if it gets nothing. */
    Optional<byte[]> forwarded() {
        ArrayNode kept = JSON.createArrayNode();
        elements.stream()
                .filter(element -> element.refused().isEmpty())
                .map(Element::forwarded)
                .forEach(kept::add);
        return kept.isEmpty() ? Optional.empty() : Optional.of(JSON.writeValueAsBytes(batch ? kept : kept.get(0)));
    }

    /** What the client gets for the endpoint's answer, which is a missing node if it was asked nothing. */
    byte[] told(JsonNode answer) {
        Map<String, JsonNode> byId = new HashMap<>();
        for (JsonNode one : answer.isArray() ? answer : JSON.createArrayNode().add(answer)) {
            byId.put(one.path("id").toString(), one);
        }
        ArrayNode all = JSON.createArrayNode();
        for (Element element : elements) {
            JsonNode real = byId.get(element.request().path("id").toString());
            if (element.refused().isPresent()) {
                all.add(element.refused().get());
            } else if (real != null) {
                all.add(element.told(real));
            }
        }
        // An error of the endpoint on the whole batch has no ids: it is passed on as it is.
        return JSON.writeValueAsBytes(all.isEmpty() ? answer : batch ? all : all.get(0));
    }
}
