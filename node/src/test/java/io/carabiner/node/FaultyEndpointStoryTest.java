package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.node.OracleWorld.Request;
import io.carabiner.testkit.EndpointFault;
import io.carabiner.testkit.FaultRule;
import io.carabiner.testkit.FaultScript;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real node, one of whose endpoints goes bad in every way: each request is answered once, while it lasts. */
class FaultyEndpointStoryTest {

    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final int HUGE_BYTES = 1 << 20;

    private static final String SECOND = """
            [[EVM]]
            ChainID = '1337'
            [[EVM.Nodes]]
            Name = 'second'
            HTTPURL = 'CHAIN_URL'
            WSURL = 'CHAIN_WS_URL'
            """;

    @TempDir
    Path folder;

    @Test
    void whileTheFirstOfTwoEndpointsIsBad_requestsAreAnsweredOverTheOther() throws Exception {
        try (OracleWorld world = OracleWorld.withFaultyEndpoint(folder, SECOND)) {
            world.askTogether(1);
            world.awaitAllSettled();
            long head = world.chain().blockNumber();
            answered(world, always(new EndpointFault.Silence()));
            answered(world, always(new EndpointFault.StaleHead(head)));
            answered(world, always(new EndpointFault.MissingReceipt()));
            answered(world, always(new EndpointFault.DroppedTransaction(), "eth_sendRawTransaction"));
            answered(world, always(new EndpointFault.TooManyRequests(Optional.of(2))));
            answered(world, always(EndpointFault.NotJson.htmlWithStatusOk()));
            answered(world, always(new EndpointFault.HangMidBody(), "eth_getLogs", "eth_getBlockByNumber"));
            answered(world, always(new EndpointFault.SlowDrip(20), "eth_getLogs", "eth_getBlockByNumber"));
            answered(world, always(new EndpointFault.HalfOpen(), "eth_subscription"));
            answered(world, always(new EndpointFault.HugeAnswer(HUGE_BYTES), "eth_getLogs", "eth_getBlockByNumber"));
            answered(world, always(new EndpointFault.OtherChain(5)));
            world.awaitAllSettled();
            world.assertEachAnsweredOnce();
        }
    }

    @Test
    void theOnlyEndpoint_mayFallSilent_orDropMessages_andNoRequestIsLost() throws Exception {
        try (OracleWorld world = OracleWorld.withFaultyEndpoint(folder, "")) {
            world.askTogether(1);
            world.awaitAllSettled();
            world.endpoint().play(always(new EndpointFault.Silence()));
            world.askTogether(3);
            long silentUntil = world.chain().blockNumber() + 5;
            Eventually.until(
                    "some blocks of silence", WITHIN, () -> world.chain().blockNumber() >= silentUntil, world::state);
            assertThat(world.sentCount()).as("sent in the silence").isEqualTo(1);
            world.endpoint().heal();
            awaitAnswered(world, world.askTogether(1));
            for (EndpointFault fault : List.of(new EndpointFault.Swallowed(), new EndpointFault.Twice())) {
                world.endpoint()
                        .play(new FaultScript(
                                7,
                                List.of(FaultRule.always(fault, "eth_subscription")
                                        .percent(50))));
                awaitAnswered(world, world.askTogether(2));
            }
            world.endpoint().heal();
            world.awaitAllSettled();
            world.assertEachAnsweredOnce();
        }
    }

    private static FaultScript always(EndpointFault fault, String... methods) {
        return FaultScript.of(FaultRule.always(fault, methods));
    }

    /** Requests made under the fault are answered before it is over. */
    private static void answered(OracleWorld world, FaultScript script) throws IOException {
        world.endpoint().play(script);
        awaitAnswered(world, world.askTogether(2));
        world.endpoint().heal();
    }

    private static void awaitAnswered(OracleWorld world, List<Request> requests) {
        for (Request request : requests) {
            Eventually.until(
                    request + " under " + world.endpoint().struck(),
                    WITHIN,
                    () -> world.contracts().answer(request.id()).isPresent(),
                    world::state);
        }
    }
}
