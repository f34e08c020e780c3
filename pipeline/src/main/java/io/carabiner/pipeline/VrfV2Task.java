package io.carabiner.pipeline;

import io.carabiner.abi.AbiFunction;
import io.carabiner.crypto.PublicKey;
import io.carabiner.crypto.VrfProof;
import io.carabiner.crypto.VrfWitness;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.PipelineValue.BinaryKind;
import io.carabiner.values.PipelineValue.WholeKind;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers a request for randomness of the second generation: the call of {@code fulfillRandomWords}, and its parts. */
record VrfV2Task(VrfParameters parameters, Generation generation) implements Task {

    /** Which coordinator asked. */
    enum Generation {
        /** Subscriptions have numbers of 64 bits. */
        V2(WholeKind.UINT64),
        /** Subscriptions have large numbers, and the request says how it is paid. */
        V2_PLUS(WholeKind.BIG);

        private final WholeKind subscription;

        Generation(WholeKind subscription) {
            this.subscription = subscription;
        }

        /** What the coordinator is called with. */
        AbiFunction call() {
            return switch (this) {
                case V2 -> Calls.V2;
                case V2_PLUS -> Calls.V2_PLUS;
            };
        }
    }

    /** The coordinators' functions, read when the first answer is made. Names are those of the Go node's structs. */
    private static final class Calls {

        private static final String PROOF = """
                {"type": "tuple", "name": "proof", "components": [
                  {"type": "uint256[2]", "name": "Pk"}, {"type": "uint256[2]", "name": "Gamma"},
                  {"type": "uint256", "name": "C"}, {"type": "uint256", "name": "S"},
                  {"type": "uint256", "name": "Seed"}, {"type": "address", "name": "UWitness"},
                  {"type": "uint256[2]", "name": "CGammaWitness"}, {"type": "uint256[2]", "name": "SHashWitness"},
                  {"type": "uint256", "name": "ZInv"}]}""";

        private static final String FORM = """
                {"name": "fulfillRandomWords", "inputs": [%s,
                  {"type": "tuple", "name": "requestCommitment", "components": [
                    {"type": "uint64", "name": "BlockNum"}, {"type": "%s", "name": "SubId"},
                    {"type": "uint32", "name": "CallbackGasLimit"}, {"type": "uint32", "name": "NumWords"},
                    {"type": "address", "name": "Sender"}%s]}%s]}""";

        static final AbiFunction V2 = AbiFunction.ofJson(FORM.formatted(PROOF, "uint64", "", ""));

        static final AbiFunction V2_PLUS = AbiFunction.ofJson(FORM.formatted(
                PROOF,
                "uint256",
                ", {\"type\": \"bytes\", \"name\": \"ExtraArgs\"}",
                ", {\"type\": \"bool\", \"name\": \"onlyPremium\"}"));
    }

    VrfV2Task(Attributes attributes, Generation generation) {
        this(new VrfParameters(attributes), generation);
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        VrfRequest request = VrfRequest.of(scope);
        VrfParameters.Values values = parameters.read(scope);
        Hash32 keyHash = request.word("keyHash", "keyHash");
        Hash32 preSeed = VrfParameters.seedWord(request.whole("preSeed", "preSeed", WholeKind.BIG));
        BigInteger requestId = request.whole("requestId", "requestId", WholeKind.BIG);
        PipelineValue commitment = commitment(request, values.blockNumber());
        values.checkKey(keyHash);
        VrfProof proof = values.prove(preSeed, scope.tools().ethereum());
        return TaskAnswer.of(answer(requestId, struct(proof, preSeed), commitment));
    }

    private PipelineValue answer(BigInteger requestId, PipelineValue proof, PipelineValue commitment) {
        // This node pays for the transaction, so the subscription is charged more than the premium.
        Map<String, PipelineValue> arguments =
                Map.of("proof", proof, "requestCommitment", commitment, "onlyPremium", PipelineValue.bool(false));
        Map<String, PipelineValue> answer = new LinkedHashMap<>();
        answer.put(
                "output", PipelineValue.text(generation.call().call(arguments).toString()));
        answer.put("requestID", PipelineValue.text(bareHex(requestId)));
        answer.put("proof", proof);
        answer.put("requestCommitment", commitment);
        return PipelineValue.map(answer);
    }

    /** Whole bytes without leading zeros. */
    private static String bareHex(BigInteger number) {
        String digits = number.signum() == 0 ? "" : number.toString(16);
        return "0x" + (digits.length() % 2 == 0 ? "" : "0") + digits;
    }

    /** What the coordinator has stored of the request. */
    private PipelineValue commitment(VrfRequest request, BigInteger block) {
        Map<String, PipelineValue> fields = new LinkedHashMap<>();
        fields.put("BlockNum", new PipelineValue.Whole(block, WholeKind.UINT64));
        fields.put("SubId", whole(request, "subId", generation.subscription));
        fields.put("CallbackGasLimit", whole(request, "callbackGasLimit", WholeKind.UINT32));
        fields.put("NumWords", whole(request, "numWords", WholeKind.UINT32));
        fields.put("Sender", binary(request, "sender", BinaryKind.ADDRESS));
        if (generation == Generation.V2_PLUS) {
            fields.put("ExtraArgs", binary(request, "extraArgs", BinaryKind.BYTES));
        }
        return PipelineValue.map(fields);
    }

    private static PipelineValue whole(VrfRequest request, String name, WholeKind kind) {
        return new PipelineValue.Whole(request.whole(name, name, kind), kind);
    }

    private static PipelineValue binary(VrfRequest request, String name, BinaryKind kind) {
        Bytes bytes = request.binary(name, name, kind);
        return new PipelineValue.Binary(bytes, kind);
    }

    private static PipelineValue struct(VrfProof proof, Hash32 preSeed) {
        VrfWitness witness = VrfWitness.of(proof);
        Map<String, PipelineValue> fields = new LinkedHashMap<>();
        fields.put("Pk", point(proof.publicKey()));
        fields.put("Gamma", point(proof.gamma()));
        fields.put("C", PipelineValue.big(proof.c()));
        fields.put("S", PipelineValue.big(proof.s()));
        fields.put("Seed", PipelineValue.big(new BigInteger(1, preSeed.toArray())));
        fields.put("UWitness", PipelineValue.address(witness.u()));
        fields.put("CGammaWitness", point(witness.cGamma()));
        fields.put("SHashWitness", point(witness.sHash()));
        fields.put("ZInv", PipelineValue.big(witness.zInverse()));
        return PipelineValue.map(fields);
    }

    private static PipelineValue point(PublicKey point) {
        return PipelineValue.list(List.of(PipelineValue.big(point.x()), PipelineValue.big(point.y())));
    }
}
