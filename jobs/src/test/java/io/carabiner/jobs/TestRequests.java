package io.carabiner.jobs;

import io.carabiner.evm.Head;
import io.carabiner.evm.LogBatch;
import io.carabiner.evm.LogEntry;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Events and batches written by hand. */
final class TestRequests {

    static final Address OPERATOR = Address.fromHex("0x613a38AC1659769640aaE063C651F48E0250454C");
    static final Address REQUESTER = Address.fromHex("0xaaaa1f8ee20f5565510b84f9353f1e333e753b7a");
    static final UUID JOB = UUID.fromString("a5ac14e8-7629-4726-b1f1-1ae053fc829e");

    /** A job whose runs want one transaction each. */
    static final String SPEC = """
            type = "directrequest"
            schemaVersion = 1
            name = "answers"
            externalJobID = "a5ac14e8-7629-4726-b1f1-1ae053fc829e"
            contractAddress = "0x613a38AC1659769640aaE063C651F48E0250454C"
            evmChainID = "1337"
            observationSource = \"""
              send [type=ethtx to="0x613a38AC1659769640aaE063C651F48E0250454C" data="$(jobRun.logData)" minConfirmations="2"]
            \"""
            """;

    private TestRequests() {}

    /** A hash that stands for a number and a fork. */
    static Hash32 hash(long number, int fork) {
        byte[] bytes = new byte[Hash32.SIZE];
        bytes[0] = (byte) fork;
        System.arraycopy(BigInteger.valueOf(number + (1L << 40)).toByteArray(), 0, bytes, 20, 6);
        return Hash32.of(bytes);
    }

    static LogEntry request(long block, int fork, int requestNumber) {
        return request(block, fork, requestNumber, BigInteger.TEN, REQUESTER);
    }

    static LogEntry request(long block, int fork, int requestNumber, BigInteger payment, Address requester) {
        Bytes data = word(new BigInteger(1, requester.toArray()))
                .concat(hash(requestNumber, 0x77).bytes())
                .concat(word(payment))
                .concat(word(new BigInteger(1, REQUESTER.toArray())))
                .concat(Bytes.fromHex("4357855e" + "00".repeat(28)))
                .concat(word(BigInteger.valueOf(1_800_000_000L)))
                .concat(word(BigInteger.TWO))
                .concat(word(BigInteger.valueOf(256)))
                .concat(word(BigInteger.ZERO));
        return log(
                block,
                fork,
                requestNumber,
                List.of(OracleLog.REQUEST, JobTopics.of(JOB).get(requestNumber % 2)),
                data);
    }

    static LogEntry cancel(long block, int fork, int requestNumber) {
        return log(block, fork, 500 + requestNumber, List.of(OracleLog.CANCEL, hash(requestNumber, 0x77)), Bytes.EMPTY);
    }

    static LogEntry log(long block, int fork, int index, List<Hash32> topics, Bytes data) {
        return new LogEntry(OPERATOR, topics, data, block, hash(block, fork), hash(index, 0x55), 0, index);
    }

    private static Bytes word(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[32];
        int from = bytes.length > 32 ? 1 : 0;
        System.arraycopy(bytes, from, padded, 32 - (bytes.length - from), bytes.length - from);
        return Bytes.of(padded);
    }

    /** A batch of one range; its heads are those of its logs and of its end. */
    static LogBatch batch(long from, long to, int fork, List<LogEntry> logs) {
        return new LogBatch(TestNode.CHAIN, from, to, logs, OptionalLong.empty(), heads(to, fork, logs));
    }

    /** A batch after a reorg: everything from its first block on is void. */
    static LogBatch reorg(long from, long to, int fork, List<LogEntry> logs) {
        return new LogBatch(TestNode.CHAIN, from, to, logs, OptionalLong.of(from), heads(to, fork, logs));
    }

    private static Map<Long, Head> heads(long to, int fork, List<LogEntry> logs) {
        Map<Long, Head> heads = new HashMap<>();
        heads.put(to, head(to, fork));
        logs.forEach(log -> heads.put(log.blockNumber(), head(log.blockNumber(), fork)));
        return heads;
    }

    private static Head head(long number, int fork) {
        return new Head(
                number,
                hash(number, fork),
                hash(number - 1, fork),
                Instant.ofEpochSecond(1_800_000_000L + number),
                Optional.empty(),
                hash(1, 1),
                hash(2, 2),
                hash(3, 3),
                Bytes.EMPTY);
    }
}
