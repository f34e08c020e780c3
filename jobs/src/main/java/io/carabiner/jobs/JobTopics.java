package io.carabiner.jobs;

import io.carabiner.primitives.Hash32;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** The two forms in which requests name a job. Go counterpart: core/services/job, ExternalIDEncode…ToTopic. */
final class JobTopics {

    private JobTopics() {}

    /** The 32 characters of the id without dashes, and its 16 bytes with zeros behind them. */
    static List<Hash32> of(UUID externalJobId) {
        return List.of(text(externalJobId), bytes(externalJobId));
    }

    private static Hash32 text(UUID id) {
        return Hash32.of(bare(id).getBytes(StandardCharsets.US_ASCII));
    }

    private static Hash32 bytes(UUID id) {
        byte[] raw = HexFormat.of().parseHex(bare(id));
        return Hash32.of(Arrays.copyOf(raw, Hash32.SIZE));
    }

    private static String bare(UUID id) {
        return id.toString().replace("-", "");
    }
}
