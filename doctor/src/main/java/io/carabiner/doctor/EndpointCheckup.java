package io.carabiner.doctor;

import io.carabiner.config.EvmConfig;
import io.carabiner.config.EvmNode;
import io.carabiner.primitives.TimeSource;
import io.carabiner.rpc.EndpointVisit;
import io.carabiner.rpc.JsonFields;
import io.carabiner.rpc.RpcCall;
import io.carabiner.rpc.RpcException;
import io.carabiner.rpc.RpcReply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** The endpoints of a chain: each answers, is on the right chain, knows the calls a node needs, and does not lag. */
final class EndpointCheckup {

    private static final String AREA = "rpc";

    /** So many blocks behind the best are worth a word. */
    private static final long LAG_NOTED_FROM = 5;

    /** A newest block older than this means that the endpoint, or the chain, stands still. */
    private static final Duration BLOCK_AGE_NOTED_FROM = Duration.ofMinutes(3);

    private static final String HTTP_KEY = "HTTPURL";
    private static final String WS_KEY = "WSURL";

    private final EvmConfig chain;
    private final TimeSource time;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Height> heights = new ArrayList<>();

    private record Height(String node, long block, Instant at) {}

    private EndpointCheckup(EvmConfig chain, TimeSource time) {
        this.chain = chain;
        this.time = time;
    }

    static List<Finding> of(EvmConfig chain, TimeSource time) {
        EndpointCheckup checkup = new EndpointCheckup(chain, time);
        chain.nodes().forEach(checkup::look);
        checkup.compare();
        checkup.count();
        return checkup.findings;
    }

    private void look(EvmNode node) {
        node.httpUrl().ifPresent(url -> look(node, HTTP_KEY, url));
        node.wsUrl().ifPresent(url -> look(node, WS_KEY, url));
    }

    private void look(EvmNode node, String key, URI url) {
        String subject = chain.chainId() + " " + node.name() + " " + key;
        try (EndpointVisit visit = EndpointVisit.of(node.name(), key, url)) {
            String id = text(visit.ask(RpcCall.of("eth_chainId")));
            if (!isOurChain(id)) {
                add(Finding.fail(
                        AREA,
                        subject,
                        "is on chain " + id + ", not " + chain.chainId(),
                        "correct the URL or the ChainID of this entry"));
                return;
            }
            add(Finding.ok(AREA, subject, "answers, on chain " + chain.chainId()));
            encrypted(subject, url);
            if (node.sendOnly()) {
                return;
            }
            if (key.equals(WS_KEY)) {
                visit.subscribeHeads();
            } else {
                features(visit, subject);
            }
            height(visit, node.name());
        } catch (RpcException e) {
            add(Finding.fail(AREA, subject, e.words(), "correct " + key + ", or ask the provider"));
        }
    }

    private boolean isOurChain(String id) {
        try {
            return Long.decode(id).toString().equals(chain.chainId().toString());
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private void encrypted(String subject, URI url) {
        boolean plain = url.getScheme().equals("http") || url.getScheme().equals("ws");
        if (plain && !DatabaseCheckup.isLoopback(url.getHost())) {
            add(Finding.warn(
                    AREA, subject, "is reached without TLS", "use https and wss, or a network of your own (VPN)"));
        }
    }

    /** What a node asks while it works. */
    private void features(EndpointVisit visit, String subject) {
        need(
                visit,
                subject,
                RpcCall.of("eth_getLogs", Map.of("fromBlock", "latest", "toBlock", "latest")),
                "events cannot be read",
                "take an endpoint with eth_getLogs: without it no request is seen");
        if (chain.gasEstimator().eip1559DynamicFees()) {
            need(
                    visit,
                    subject,
                    RpcCall.of("eth_feeHistory", "0x1", "latest", List.of(50)),
                    "fees of EIP-1559 cannot be read",
                    "set GasEstimator.EIP1559DynamicFees = false, or take another endpoint");
        }
        if (chain.finalityTagEnabled()) {
            need(
                    visit,
                    subject,
                    RpcCall.of("eth_getBlockByNumber", "finalized", false),
                    "it does not know the finalized block",
                    "set FinalityTagEnabled = false and a FinalityDepth, or take another endpoint");
        }
    }

    private void need(EndpointVisit visit, String subject, RpcCall call, String what, String advice) {
        switch (visit.ask(call)) {
            case RpcReply.Result(JsonNode value)
            when !value.isNull() -> add(Finding.ok(AREA, subject, call.method() + " works"));
            case RpcReply.Result(JsonNode value) -> add(Finding.fail(AREA, subject, what, advice));
            case RpcReply.Failure(var error) ->
                add(Finding.fail(AREA, subject, what + " (" + error.message() + ")", advice));
            case RpcReply.Missing() -> add(Finding.fail(AREA, subject, what, advice));
        }
    }

    private void height(EndpointVisit visit, String node) {
        if (visit.ask(RpcCall.of("eth_getBlockByNumber", "latest", false)) instanceof RpcReply.Result(JsonNode block)
                && !block.isNull()) {
            heights.add(new Height(
                    node,
                    JsonFields.number(block, "number"),
                    Instant.ofEpochSecond(JsonFields.number(block, "timestamp"))));
        }
    }

    private void compare() {
        OptionalLong best = heights.stream().mapToLong(Height::block).max();
        for (Height height : heights) {
            long lag = best.orElse(height.block()) - height.block();
            if (lag >= LAG_NOTED_FROM) {
                add(Finding.warn(
                        AREA,
                        chain.chainId() + " " + height.node(),
                        lag + " blocks behind the best endpoint",
                        "wait until it has caught up, or take it out"));
            }
        }
        newest().ifPresent(this::age);
    }

    private Optional<Height> newest() {
        return heights.stream().max((left, right) -> left.at().compareTo(right.at()));
    }

    /** Blocks come late for many reasons, but never from the future. */
    private void age(Height newest) {
        Duration age = Duration.between(newest.at(), time.now());
        String subject = "chain " + chain.chainId();
        if (age.isNegative() && age.abs().compareTo(ClockSkew.NOTED_FROM) > 0) {
            add(ClockSkew.judge("the blocks of " + subject, age));
        } else if (age.compareTo(BLOCK_AGE_NOTED_FROM) > 0) {
            add(Finding.warn(
                    AREA,
                    subject,
                    "the newest block is " + age.toSeconds() + " s old",
                    "check that the endpoints are in sync, that the chain moves and that the clock is right"));
        } else {
            add(Finding.ok(AREA, subject, "block " + newest.block() + " is " + age.toSeconds() + " s old"));
        }
    }

    private void count() {
        long readers = chain.nodes().stream().filter(node -> !node.sendOnly()).count();
        if (readers == 1) {
            add(Finding.warn(
                    AREA,
                    "chain " + chain.chainId(),
                    "there is one endpoint only",
                    "add a second [[EVM.Nodes]] of another provider: the node changes over by itself"));
        }
    }

    private static String text(RpcReply reply) {
        return reply instanceof RpcReply.Result(JsonNode value) ? value.asString("") : "?";
    }

    private void add(Finding finding) {
        findings.add(finding);
    }
}
