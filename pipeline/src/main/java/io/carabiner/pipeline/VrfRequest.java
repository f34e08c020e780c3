package io.carabiner.pipeline;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.math.BigInteger;
import java.util.Map;

/**
 * The log of a request for randomness, as {@code ethabidecodelog} gives it. Each value has the kind that its ABI type
 * has; any other is refused, as in the Go node.
 */
final class VrfRequest {

    private final Map<String, PipelineValue> log;

    private VrfRequest(Map<String, PipelineValue> log) {
        this.log = log;
    }

    /** The only input of a task. */
    static VrfRequest of(TaskScope scope) {
        if (scope.inputs().size() != 1) {
            throw new TaskFailure("wrong number of task inputs");
        }
        return switch (scope.inputs().getFirst()) {
            case TaskResult.Success(PipelineValue.Fields(Map<String, PipelineValue> log)) -> new VrfRequest(log);
            case TaskResult.Success ignored -> throw TaskFailure.badInput("expected map input");
            case TaskResult.Failure ignored -> throw new TaskFailure("input task errored");
            case TaskResult.Pending ignored -> throw new TaskFailure("input task errored");
        };
    }

    /** A value of 32 bytes. */
    Hash32 word(String name, String label) {
        Bytes bytes = binary(name, label, PipelineValue.BinaryKind.FIXED);
        if (bytes.size() != Hash32.SIZE) {
            throw invalid(label);
        }
        return new Hash32(bytes);
    }

    Bytes binary(String name, String label, PipelineValue.BinaryKind kind) {
        if (log.get(name) instanceof PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind found)
                && found == kind) {
            return bytes;
        }
        throw invalid(label);
    }

    BigInteger whole(String name, String label, PipelineValue.WholeKind kind) {
        if (log.get(name) instanceof PipelineValue.Whole(BigInteger whole, PipelineValue.WholeKind found)
                && found == kind) {
            return whole;
        }
        throw invalid(label);
    }

    private static TaskFailure invalid(String label) {
        return TaskFailure.badInput("invalid " + label);
    }
}
