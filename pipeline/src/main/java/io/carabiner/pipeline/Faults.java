package io.carabiner.pipeline;

import io.carabiner.values.Coerce;
import io.carabiner.values.Decimals;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The parameters that all tasks over many values share: the values, some of which may have failed, and how many of them
 * may.
 */
record Faults(String task, Parameter values, Parameter allowedFaults) {

    private static final TaskResult NULL = new TaskResult.Success(PipelineValue.none());

    Faults(String task, Attributes attributes) {
        this(
                task,
                attributes
                        .parameter("values")
                        .variable()
                        .jsonWithErrors()
                        .allInputs()
                        .build(),
                attributes.parameter("allowedFaults").exact().build());
    }

    /** Whether nulls are left out. */
    static Parameter lax(Attributes attributes) {
        return attributes
                .parameter("lax")
                .literal()
                .orElse(PipelineValue.bool(false))
                .build();
    }

    /** Both parameters, read but not yet judged. */
    record Read(Resolver.Resolved<Optional<BigInteger>> allowedFaults, Resolver.Resolved<List<TaskResult>> results) {}

    Read read(Resolver resolver) {
        return new Read(resolver.read(allowedFaults, Coerce::maybeUint64), resolver.readAll(values, Faults::resultsOf));
    }

    private static List<TaskResult> resultsOf(Parameter.Found found) {
        return switch (found) {
            case Parameter.Found.One(PipelineValue value) ->
                Coerce.list(value).stream()
                        .map(item -> (TaskResult) new TaskResult.Success(item))
                        .toList();
            case Parameter.Found.Several(List<TaskResult> results) -> results;
        };
    }

    /** The values that have not failed; gives up if more have failed than may. */
    List<PipelineValue> judge(Read read) {
        List<TaskResult> results = read.results().get();
        return judge(results, read.allowedFaults().get().orElse(BigInteger.valueOf(results.size() - 1L)));
    }

    /**
     * The same where nobody may fail if there is nothing, as in the tasks of 2.31.
     *
     * @param lax whether nulls count neither as values nor as failures
     */
    List<PipelineValue> judge(Read read, boolean lax) {
        List<TaskResult> results = read.results().get().stream()
                .filter(result -> !lax || !result.equals(NULL))
                .toList();
        return judge(results, read.allowedFaults().get().orElse(BigInteger.valueOf(Math.max(results.size() - 1L, 0))));
    }

    private List<PipelineValue> judge(List<TaskResult> results, BigInteger allowed) {
        List<PipelineValue> good = results.stream()
                .filter(TaskResult.Success.class::isInstance)
                .map(result -> ((TaskResult.Success) result).value())
                .toList();
        int faulty = results.size() - good.size();
        if (BigInteger.valueOf(faulty).compareTo(allowed) > 0) {
            throw new TaskFailure("Number of faulty inputs " + faulty + " to " + task + " task > number allowed faults "
                    + allowed + ": too many errors");
        }
        return good;
    }

    /** The values as numbers that can be added, for the tasks that name the parameter in their message. */
    static List<BigDecimal> numbers(List<PipelineValue> values) {
        if (values.isEmpty()) {
            throw new TaskFailure("values: wrong number of task inputs");
        }
        try {
            return plainNumbers(values);
        } catch (TaskFailure e) {
            throw TaskFailure.badInput("values: " + e.text());
        }
    }

    /** The values as numbers. */
    static List<BigDecimal> plainNumbers(List<PipelineValue> values) {
        return values.stream().map(Coerce::decimal).map(Faults::bounded).toList();
    }

    private static BigDecimal bounded(BigDecimal number) {
        if (!Decimals.fits(number)) {
            throw TaskFailure.badInput("number has more than " + Decimals.DIGITS_LIMIT + " digits");
        }
        return number;
    }
}
