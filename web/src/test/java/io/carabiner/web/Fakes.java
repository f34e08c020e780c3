package io.carabiner.web;

import io.carabiner.config.ConfigPrinter.ChainText;
import io.carabiner.config.ConfigPrinter.NodeText;
import io.carabiner.evm.BlockTag;
import io.carabiner.evm.CallRequest;
import io.carabiner.evm.ChainTransaction;
import io.carabiner.evm.EthClient;
import io.carabiner.evm.FeeHistory;
import io.carabiner.evm.Head;
import io.carabiner.evm.LogEntry;
import io.carabiner.evm.LogFilter;
import io.carabiner.evm.LogIntake;
import io.carabiner.evm.LogSubscriber;
import io.carabiner.evm.Receipt;
import io.carabiner.evm.StoredBlock;
import io.carabiner.jobs.DeadRequest;
import io.carabiner.jobs.OutsideAnswer;
import io.carabiner.jobs.ResumeOutcome;
import io.carabiner.jobs.RetryOutcome;
import io.carabiner.pipeline.Bridge;
import io.carabiner.pipeline.BridgeHealth;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Juels;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.EndpointReport;
import io.carabiner.rpc.RpcUsage;
import io.carabiner.rpc.SendOutcome;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** The rooms behind the API, in memory. */
final class Fakes {

    private Fakes() {}

    static <T> List<T> part(List<T> all, int offset, int limit) {
        return all.stream().skip(offset).limit(limit).toList();
    }

    static final class Bridges implements BridgeCatalogue {

        private final Map<String, Bridge> byName = new TreeMap<>();

        /** How bridges answered, by name. */
        final Map<String, BridgeHealth> health = new TreeMap<>();

        @Override
        public synchronized Optional<BridgeHealth> health(String name) {
            return Optional.ofNullable(health.get(name));
        }

        @Override
        public synchronized Listing<Bridge> list(int offset, int limit) {
            return new Listing<>(part(List.copyOf(byName.values()), offset, limit), byName.size());
        }

        @Override
        public synchronized Optional<Bridge> find(String name) {
            return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
        }

        @Override
        public synchronized Optional<NewBridge> create(
                String name, URI url, long confirmations, Optional<Juels> payment) {
            String key = name.toLowerCase(Locale.ROOT);
            if (byName.containsKey(key)) {
                return Optional.empty();
            }
            Instant now = Instant.parse("2026-01-01T00:00:00.5Z");
            Bridge bridge = new Bridge(key, url, confirmations, payment, "o".repeat(32), now, now);
            byName.put(key, bridge);
            return Optional.of(new NewBridge(bridge, "i".repeat(32)));
        }

        @Override
        public synchronized Optional<Bridge> update(String name, URI url, long confirmations, Optional<Juels> payment) {
            return find(name).map(old -> {
                Bridge changed = new Bridge(
                        old.name(), url, confirmations, payment, old.outgoingToken(), old.createdAt(), old.updatedAt());
                byName.put(old.name(), changed);
                return changed;
            });
        }

        @Override
        public synchronized boolean delete(String name) {
            return byName.remove(name.toLowerCase(Locale.ROOT)) != null;
        }
    }

    static final class Runs implements RunCatalogue {

        final List<RunView> runs = new ArrayList<>();

        /** How often the runs of several jobs were asked for at once. */
        int questions;

        final List<String> answers = new ArrayList<>();
        final List<DeadRequest> dead = new ArrayList<>();

        /** What the next answer from outside is told. */
        ResumeOutcome next = new ResumeOutcome.NobodyWaits();

        @Override
        public RetryOutcome retry(long id) {
            return id == 7 ? new RetryOutcome.Started(8) : new RetryOutcome.Refused("the run has not failed");
        }

        @Override
        public Replayed replay(long id) {
            return new Replayed.Refused(404, "run not found");
        }

        @Override
        public Listing<DeadRequest> dead(int offset, int limit) {
            return new Listing<>(part(dead, offset, limit), dead.size());
        }

        @Override
        public ResumeOutcome resume(UUID taskRun, OutsideAnswer answer) {
            answers.add(taskRun + " " + answer);
            return next;
        }

        @Override
        public Listing<RunView> list(OptionalInt jobId, int offset, int limit) {
            List<RunView> matching = runs.stream()
                    .filter(run -> jobId.isEmpty() || jobId.getAsInt() == run.jobId())
                    .toList();
            return new Listing<>(part(matching, offset, limit), matching.size());
        }

        @Override
        public Map<Integer, Listing<RunView>> list(Set<Integer> jobIds, int offset, int limit) {
            questions++;
            return jobIds.stream().collect(Collectors.toMap(id -> id, id -> list(OptionalInt.of(id), offset, limit)));
        }

        @Override
        public Optional<RunView> find(long id) {
            return runs.stream().filter(run -> run.id() == id).findFirst();
        }
    }

    /** What was read of a chain; remembers from where it is to be read again. */
    static final class Logs implements LogIntake {

        volatile long replayedFrom = -1;
        volatile Optional<StoredBlock> common = Optional.empty();

        @Override
        public void register(LogSubscriber subscriber) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void wake() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void replayFrom(long block) {
            replayedFrom = block;
        }

        @Override
        public Optional<StoredBlock> lastCommonBlock() {
            return common;
        }

        @Override
        public OptionalLong cursor() {
            throw new UnsupportedOperationException();
        }
    }

    /** A chain where every account owns {@code wei} and {@code juels}, or that does not answer. */
    static List<EndpointReport> endpoints() {
        return List.of(new EndpointReport(
                "main",
                "https://rpc.example",
                false,
                "Alive",
                "",
                98,
                OptionalLong.of(1000),
                2,
                Optional.of(Duration.ofMillis(12)),
                Optional.empty(),
                0.0104,
                77,
                "geth/1",
                new EndpointReport.Learned(
                        Optional.of(100), OptionalLong.empty(), Optional.of(true), Optional.empty())));
    }

    /** The endpoints of the recorded node. */
    static List<EndpointReport> recordedEndpoints() {
        return chains().getFirst().nodes().stream()
                .map(node -> named(endpoints().getFirst(), node.name()))
                .toList();
    }

    private static EndpointReport named(EndpointReport model, String name) {
        return new EndpointReport(
                name,
                model.host(),
                model.sendOnly(),
                model.state(),
                model.problem(),
                model.health(),
                model.block(),
                model.lagBlocks(),
                model.p50(),
                model.p95(),
                model.errorRate(),
                model.callsToday(),
                model.clientVersion(),
                model.learned());
    }

    /** The chain of the recorded node with its endpoints. */
    static List<ChainText> chains() {
        List<NodeText> nodes = JsonMapper.shared()
                .readTree(Recorded.number(853).answer())
                .get("data")
                .valueStream()
                .map(node -> node.get("attributes"))
                .map(node -> new NodeText(
                        node.get("name").stringValue(), node.get("config").stringValue()))
                .toList();
        String toml = JsonMapper.shared()
                .readTree(Recorded.number(844).answer())
                .at("/data/attributes/config")
                .stringValue();
        return List.of(new ChainText(ChainId.of(1337), toml, nodes));
    }

    static RpcUsage usage() {
        return new RpcUsage(
                LocalDate.of(2026, 1, 1),
                77,
                1000,
                List.of(
                        new RpcUsage.Line("main", "logs", "eth_getLogs", 70),
                        new RpcUsage.Line("main", "txm", "x", 7)));
    }

    static final class Rpc implements EthClient {

        volatile BigInteger wei = BigInteger.ZERO;
        volatile BigInteger juels = BigInteger.ZERO;
        volatile boolean dead;

        @Override
        public Wei balance(Address account, BlockTag at) {
            refuseIfDead();
            return new Wei(wei);
        }

        @Override
        public Bytes call(CallRequest request, BlockTag at) {
            refuseIfDead();
            return Bytes.fromHex("%064x".formatted(juels));
        }

        private void refuseIfDead() {
            if (dead) {
                throw WebException.refused(500, "no endpoint answers");
            }
        }

        @Override
        public EthClient forConsumer(String consumer) {
            return this;
        }

        @Override
        public ChainId chainId() {
            return ChainId.of(1337);
        }

        @Override
        public Optional<Head> block(BlockTag tag) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Head> block(Hash32 hash) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Optional<Head>> blocks(List<Long> numbers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<LogEntry> logs(LogFilter filter, long fromBlock, long toBlock) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Optional<Receipt>> receipts(List<Hash32> transactionHashes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ChainTransaction> transactionsOf(long blockNumber) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Boolean> known(List<Hash32> transactionHashes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transactionCount(Address account, BlockTag at) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Bytes code(Address account, BlockTag at) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long estimateGas(CallRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<SendOutcome> sendRaw(List<Bytes> signedTransactions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FeeHistory feeHistory(int blocks, BlockTag newest, List<Integer> percentiles) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Wei gasPrice() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Wei maxPriorityFee() {
            throw new UnsupportedOperationException();
        }
    }
}
