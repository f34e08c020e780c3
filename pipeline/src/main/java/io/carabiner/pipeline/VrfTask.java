package io.carabiner.pipeline;

import io.carabiner.crypto.VrfProof;
import io.carabiner.crypto.VrfWitness;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.values.GoText;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.PipelineValue.BinaryKind;
import io.carabiner.values.PipelineValue.WholeKind;
import io.carabiner.values.TaskFailure;
import java.util.List;

/**
 * Answers a request for randomness of the first generation: the argument of {@code fulfillRandomnessRequest}, the proof
 * followed by the number of the request's block.
 */
record VrfTask(VrfParameters parameters) implements Task {

    VrfTask(Attributes attributes) {
        this(new VrfParameters(attributes));
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        VrfRequest request = VrfRequest.of(scope);
        VrfParameters.Values values = parameters.read(scope);
        Hash32 keyHash = request.word("keyHash", "keyHash");
        Hash32 preSeed = VrfParameters.seedWord(request.whole("seed", "preSeed", WholeKind.BIG));
        Hash32 jobId = request.word("jobID", "requestJobID");
        values.checkKey(keyHash);
        checkJob(jobId, values.topics());
        VrfProof proof = values.prove(preSeed, scope.tools().ethereum());
        Bytes block = VrfParameters.seedWord(values.blockNumber()).bytes();
        Bytes answer = VrfWitness.of(proof).encode(proof, preSeed).concat(block);
        return TaskAnswer.of(PipelineValue.text(answer.toString()));
    }

    /** The request's job is written as one of the first two topics. */
    private static void checkJob(Hash32 jobId, List<Hash32> topics) {
        List<Hash32> own = topics.subList(0, Math.min(2, topics.size()));
        if (!own.contains(jobId)) {
            throw new TaskFailure("request jobID " + shown(jobId) + " doesn't match expected "
                    + String.join(" or ", own.stream().map(VrfTask::shown).toList()));
        }
    }

    private static String shown(Hash32 word) {
        return GoText.print(new PipelineValue.Binary(word.bytes(), BinaryKind.BYTES));
    }
}
