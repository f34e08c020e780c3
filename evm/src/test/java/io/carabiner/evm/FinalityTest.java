package io.carabiner.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.ConfigLoader;
import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.rpc.RpcPool;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.TestChain;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which block is final, by depth and by the word of a real chain. */
class FinalityTest {

    private static EvmConfig config(TestChain chain, String settings) {
        return ConfigLoader.effective("[[EVM]]\nChainID = '1337'\nFinalityDepth = 10\n" + settings
                        + "\n[[EVM.Nodes]]\nName = 'main'\nHTTPURL = '" + chain.httpUrl() + "'\n")
                .evm()
                .getFirst();
    }

    private static Head head(long number) {
        return new Head(
                number,
                Hash32.ZERO,
                Hash32.ZERO,
                Instant.EPOCH,
                Optional.empty(),
                Hash32.ZERO,
                Hash32.ZERO,
                Hash32.ZERO,
                Bytes.EMPTY);
    }

    private static final HeadTracker NO_HEADS = new HeadTracker() {
        @Override
        public Optional<Head> latest() {
            return Optional.empty();
        }

        @Override
        public Listening listen(Consumer<Head> listener) {
            return () -> {};
        }
    };

    private static LiveFinality finality(EvmConfig config, RpcPool pool) {
        return new LiveFinality(config, new RpcEthClient(pool, 10, "finality"), NO_HEADS, TimeSource.system(), e -> {
            throw e;
        });
    }

    @Test
    void byDepth_nobodyIsAsked() {
        try (TestChain chain = TestChain.start();
                RpcPool pool = RpcPool.open(config(chain, ""), new Metrics(), TimeSource.system())) {
            LiveFinality finality = finality(config(chain, "FinalizedBlockOffset = 2"), pool);
            assertThat(finality.finalized(head(100))).isEqualTo(88);
            assertThat(finality.finalized(head(5))).isEqualTo(-1);
            LiveFinality bypassed =
                    finality(config(chain, "FinalityTagEnabled = true\nHeadTracker.FinalityTagBypass = true"), pool);
            assertThat(bypassed.finalized(head(100))).isEqualTo(90);
        }
    }

    @Test
    void byTag_theChainIsAskedAtMostOnceInAnInterval() {
        try (TestChain chain = TestChain.start()) {
            EvmConfig config = config(chain, "FinalityTagEnabled = true\nNodePool.FinalizedBlockPollInterval = '1h'");
            chain.mine(200);
            try (RpcPool pool = RpcPool.open(config, new Metrics(), TimeSource.system())) {
                LiveFinality finality = finality(config, pool);
                assertThat(finality.lastKnown(200)).isEqualTo(-1);
                long tagged = Long.decode(chain.call("eth_getBlockByNumber", "finalized", false)
                        .path("number")
                        .asString());
                assertThat(tagged).isBetween(100L, 199L);
                assertThat(finality.finalized(head(200))).isEqualTo(tagged);
                chain.mine(100);
                assertThat(finality.finalized(head(300))).isEqualTo(tagged);
                assertThat(finality.lastKnown(5)).as("never above the head").isEqualTo(5);
            }
        }
    }
}
