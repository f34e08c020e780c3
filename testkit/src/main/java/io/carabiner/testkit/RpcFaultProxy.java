package io.carabiner.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An endpoint that misbehaves as told: stands before a real one (HTTP and WebSocket on one port, as anvil has it) and
 * plays a {@link FaultScript}, which may be exchanged at any time. Several proxies before one chain, each with a script
 * of its own, are endpoints that disagree.
 *
 * <p>Safe for use by many threads.
 */
public final class RpcFaultProxy extends Tap {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI endpoint;
    private final HttpClient direct =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile FaultScript.Play play = new FaultScript.Play(FaultScript.PEACE);

    private RpcFaultProxy(int endpointPort) {
        super(endpointPort);
        endpoint = URI.create("http://127.0.0.1:" + endpointPort);
    }

    /** A proxy without faults before the endpoint on this port of loopback. */
    public static RpcFaultProxy inFrontOf(int endpointPort) {
        RpcFaultProxy proxy = new RpcFaultProxy(endpointPort);
        proxy.startAccepting();
        return proxy;
    }

    /** Where the program finds the endpoint over HTTP. */
    public URI httpUrl() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Where the program finds the endpoint over WebSocket. */
    public URI wsUrl() {
        return URI.create("ws://127.0.0.1:" + port());
    }

    /** From now on this goes wrong, from the script's beginning. */
    public void play(FaultScript script) {
        play = new FaultScript.Play(script);
    }

    /** From now on nothing goes wrong. A half-open connection stays so. */
    public void heal() {
        play(FaultScript.PEACE);
    }

    /** How often faults of each kind have struck since the script began, by the simple name of the kind. */
    public Map<String, Integer> struck() {
        return play.struck();
    }

    FaultScript.Play current() {
        return play;
    }

    @Override
    Conversation converse(Socket client, Socket server) throws IOException {
        return new FaultedConversation(
                this,
                client,
                new DataInputStream(new BufferedInputStream(client.getInputStream())),
                new DataOutputStream(new BufferedOutputStream(client.getOutputStream())),
                new DataInputStream(new BufferedInputStream(server.getInputStream())),
                new DataOutputStream(new BufferedOutputStream(server.getOutputStream())));
    }

    /** The hash of a raw transaction, as the endpoint itself computes it. */
    JsonNode hashOf(JsonNode rawTransaction) {
        String question = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"web3_sha3\",\"params\":[" + rawTransaction + "]}";
        try {
            HttpResponse<byte[]> answer = direct.send(
                    HttpRequest.newBuilder(endpoint)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(question))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            return JSON.readTree(answer.body()).path("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
