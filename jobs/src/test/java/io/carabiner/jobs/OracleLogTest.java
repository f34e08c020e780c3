package io.carabiner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class OracleLogTest {

    @Test
    void aRecordedRequest_isReadWordByWord() {
        Hash32 spec = Hash32.fromHex("0x3131313131313131313131313431313138313131313131313131313131313131");
        OracleLog read = OracleRequestReader.read(spec, Golden.logData());
        assertThat(read).isInstanceOfSatisfying(OracleLog.Request.class, request -> {
            assertThat(request.requester()).isEqualTo(Address.fromHex("0xDc64a140Aa3E981100a9becA4E685f962f0cF6C9"));
            assertThat(request.requestId())
                    .isEqualTo(Hash32.fromHex("0xa32cd558a986b21e9ee1279cc97ce2a6bd147bf6803fb0507848687013174a3c"));
            assertThat(request.payment()).isEqualTo(new BigInteger("100000000000000000"));
            assertThat(request.callbackFunctionId()).isEqualTo(Bytes.fromHex("0x4357855e"));
            assertThat(request.cancelExpiration()).isEqualTo(BigInteger.valueOf(1_795_217_718L));
            assertThat(request.dataVersion()).isEqualTo(BigInteger.TWO);
            assertThat(request.data()).isEqualTo(Bytes.EMPTY);
        });
    }

    @Test
    void cutAnywhere_theDataIsMalformedAndNothingThrows() {
        byte[] whole = Golden.logData().toArray();
        for (int size = 0; size < 288; size++) {
            OracleLog read = OracleRequestReader.read(Hash32.ZERO, Bytes.of(Arrays.copyOf(whole, size)));
            assertThat(read).as("cut to %d bytes", size).isInstanceOf(OracleLog.Malformed.class);
        }
    }

    @Test
    void randomData_neverThrows() {
        long seed = 20260101L;
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] data = new byte[random.nextInt(700)];
            random.nextBytes(data);
            if (data.length > 256 && random.nextBoolean()) {
                Arrays.fill(data, 224, 254, (byte) 0);
            }
            assertThatCode(() -> OracleRequestReader.read(Hash32.ZERO, Bytes.of(data)))
                    .as("seed %d round %d", seed, round)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aJobIsNamedInBothForms() {
        UUID id = UUID.fromString("A5AC14E8-7629-4726-B1F1-1AE053FC829E");
        assertThat(JobTopics.of(id))
                .isEqualTo(List.of(
                        Hash32.fromHex("0x6135616331346538373632393437323662316631316165303533666338323965"),
                        Hash32.fromHex("0xa5ac14e876294726b1f11ae053fc829e00000000000000000000000000000000")));
    }
}
