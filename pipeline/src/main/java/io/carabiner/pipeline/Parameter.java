package io.carabiner.pipeline;

import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One parameter of a task and where its value may come from, in order of trial: compiled once when the graph is read.
 *
 * @param label how messages name it
 */
record Parameter(String label, List<Source> sources) {

    /** A place where a value may be found. */
    sealed interface Source permits Source.Reference, Source.Json, Source.Fixed, Source.FirstInput, Source.AllInputs {

        /** The attribute is one {@code $(…)} as a whole. */
        record Reference(KeyPath path) implements Source {}

        /** The attribute is JSON with references in it. */
        record Json(JsonTemplate template) implements Source {}

        /** A value known when the graph was read: a literal, a default, nothing. */
        record Fixed(PipelineValue value) implements Source {}

        /** The first of the task's inputs. */
        record FirstInput() implements Source {}

        /** All inputs as a list. */
        record AllInputs() implements Source {}
    }

    /** Collects the sources of a parameter whose text is an attribute. */
    static Builder of(String label, String attribute) {
        return new Builder(label, attribute);
    }

    /** Sources in the order of the calls. */
    static final class Builder {
        private final String label;
        private final String attribute;
        private final List<Source> sources = new ArrayList<>();

        private Builder(String label, String attribute) {
            this.label = label;
            this.attribute = attribute;
        }

        Builder variable() {
            KeyPath path = KeyPath.ofWhole(attribute);
            if (path != null) {
                sources.add(new Source.Reference(path));
            }
            return this;
        }

        Builder json() {
            if (!attribute.isBlank()) {
                sources.add(new Source.Json(JsonTemplate.of(attribute, false)));
            }
            return this;
        }

        /** JSON in which a failed task's value may be an element of the list. */
        Builder jsonWithErrors() {
            if (!attribute.isBlank()) {
                sources.add(new Source.Json(JsonTemplate.of(attribute, true)));
            }
            return this;
        }

        Builder literal() {
            if (!attribute.isBlank()) {
                sources.add(new Source.Fixed(PipelineValue.text(attribute.strip())));
            }
            return this;
        }

        /** The attribute as it stands, spaces and emptiness included. */
        Builder exact() {
            return orElse(PipelineValue.text(attribute));
        }

        Builder firstInput() {
            sources.add(new Source.FirstInput());
            return this;
        }

        Builder allInputs() {
            sources.add(new Source.AllInputs());
            return this;
        }

        Builder orElse(PipelineValue value) {
            sources.add(new Source.Fixed(value));
            return this;
        }

        Builder orNothing() {
            return orElse(PipelineValue.none());
        }

        Parameter build() {
            return new Parameter(label, List.copyOf(sources));
        }
    }

    /** The value; errors do not carry the label yet. */
    Found find(TaskScope scope) {
        if (sources.isEmpty()) {
            throw new TaskFailure("parameter is empty");
        }
        return switch (sources.getFirst()) {
            case Source.Reference(KeyPath path) -> follow(path, scope);
            case Source.Json(JsonTemplate template) -> template.fill(scope);
            case Source.Fixed(PipelineValue value) -> new Found.One(value);
            case Source.FirstInput() -> firstInput(scope.inputs());
            case Source.AllInputs() -> new Found.Several(scope.inputs());
        };
    }

    private static Found follow(KeyPath path, TaskScope scope) {
        return switch (path.follow(scope.variables())) {
            case TaskResult.Success(PipelineValue value) -> new Found.One(value);
            case TaskResult.Failure(String error) -> throw new TaskFailure("VarExpr: " + error + ": too many errors");
            case TaskResult.Pending() -> throw new TaskFailure("VarExpr: pending: too many errors");
        };
    }

    private static Found firstInput(List<TaskResult> inputs) {
        if (inputs.isEmpty()) {
            throw new TaskFailure("index out of range");
        }
        return switch (inputs.getFirst()) {
            case TaskResult.Success(PipelineValue value) -> new Found.One(value);
            case TaskResult.Failure(String error) -> throw new TaskFailure(error);
            case TaskResult.Pending() -> throw new TaskFailure("index out of range");
        };
    }

    /** What a parameter's source gave: a value, or a list in which some may have failed. */
    sealed interface Found {
        /** A value. */
        record One(PipelineValue value) implements Found {}

        /** Values and errors side by side. */
        record Several(List<TaskResult> results) implements Found {

            /** The values, if none has failed. */
            Optional<List<PipelineValue>> values() {
                List<PipelineValue> values = new ArrayList<>();
                for (TaskResult result : results) {
                    if (!(result instanceof TaskResult.Success(PipelineValue value))) {
                        return Optional.empty();
                    }
                    values.add(value);
                }
                return Optional.of(values);
            }
        }
    }
}
