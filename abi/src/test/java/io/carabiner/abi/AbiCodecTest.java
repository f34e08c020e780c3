package io.carabiner.abi;

import static org.assertj.core.api.Assertions.assertThat;

import com.esaulpaugh.headlong.abi.TupleType;
import io.carabiner.primitives.Bytes;
import io.carabiner.values.PipelineValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

final class AbiCodecTest {

    @RepeatedTest(50)
    void abiBytes_areThoseOfAnotherLibrary_andDecodeToTheSame() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        BigInteger number = new BigInteger(256, random);
        byte[] word = new byte[32];
        random.nextBytes(word);
        byte[] bytes = new byte[random.nextInt(100)];
        random.nextBytes(bytes);
        BigInteger[] list = new BigInteger[random.nextInt(5)];
        List<PipelineValue> items = new ArrayList<>();
        for (int i = 0; i < list.length; i++) {
            list[i] = new BigInteger(200, random);
            items.add(PipelineValue.big(list[i]));
        }
        String text = "a\u00e9\ud83d\ude00\"".repeat(random.nextInt(20));
        byte[] wanted = TupleType.parse("(uint256,bytes32,bytes,uint256[],string,bool)")
                .encode(com.esaulpaugh.headlong.abi.Tuple.from(number, word, bytes, list, text, true))
                .array();
        List<AbiText.Argument> arguments =
                AbiText.arguments("uint256 a, bytes32 b, bytes c, uint256[] d, string e, bool f", false);
        Map<String, PipelineValue> values = Map.of(
                "a", PipelineValue.big(number),
                "b", PipelineValue.bytes(Bytes.of(word)),
                "c", PipelineValue.bytes(Bytes.of(bytes)),
                "d", PipelineValue.list(items),
                "e", PipelineValue.text(text),
                "f", PipelineValue.bool(true));
        Bytes encoded = AbiEncoder.encode(arguments, values);
        assertThat(encoded).as("seed " + seed).isEqualTo(Bytes.of(wanted));
        Map<String, PipelineValue> decoded = AbiDecoder.decode(arguments, encoded);
        assertThat(PipelineValue.map(decoded).toJson())
                .as("seed " + seed)
                .isEqualTo(PipelineValue.map(values).toJson());
    }
}
