package io.carabiner.pipeline;

import io.carabiner.values.GoNumbers;
import io.carabiner.values.GoText;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A way into the variables: {@code name.key.3}.
 *
 * @param text as written
 * @param segments between the dots; some may be empty, which fails when it is followed
 */
record KeyPath(String text, List<String> segments) {

    /** A reference inside an attribute. */
    static final Pattern REFERENCE = Pattern.compile("\\$\\(\\s*([a-zA-Z0-9_.]+)\\s*\\)");

    static KeyPath of(String text) {
        return new KeyPath(text, List.of(text.split("\\.", -1)));
    }

    /** The path, if the whole text is one reference; else null. */
    static @Nullable KeyPath ofWhole(String text) {
        Matcher matcher = REFERENCE.matcher(text.strip());
        return matcher.matches() ? of(matcher.group(1)) : null;
    }

    /** The value it leads to; a failed task's entry is given as it is. */
    TaskResult follow(Map<String, TaskResult> variables) {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).isEmpty()) {
                throw new TaskFailure("empty keypath segment at index " + i + ": wrong keypath format");
            }
        }
        TaskResult top = variables.get(segments.getFirst());
        if (top == null) {
            throw notFound(0);
        }
        if (segments.size() == 1) {
            return top;
        }
        if (!(top instanceof TaskResult.Success(PipelineValue value))) {
            throw notContainer(1, "*errors.fundamental");
        }
        for (int i = 1; i < segments.size(); i++) {
            value = step(value, i);
        }
        return new TaskResult.Success(value);
    }

    private PipelineValue step(PipelineValue value, int index) {
        return switch (value) {
            case PipelineValue.Fields fields -> field(fields, index);
            case PipelineValue.Items items -> item(items, index);
            case PipelineValue.Memo memo -> step(memo.content(), index);
            default -> throw notContainer(index, GoText.typeOf(value));
        };
    }

    private PipelineValue field(PipelineValue.Fields fields, int index) {
        PipelineValue field = fields.fields().get(segments.get(index));
        if (field == null) {
            throw notFound(index);
        }
        return field;
    }

    private PipelineValue item(PipelineValue.Items items, int index) {
        long place;
        try {
            place = GoNumbers.parseInt(segments.get(index), Long.SIZE);
        } catch (TaskFailure e) {
            throw new TaskFailure("could not parse key as integer: " + e.text() + ": keypath not found");
        }
        if (place < 0 || place >= items.items().size()) {
            throw new TaskFailure("index " + place + " out of range (segment " + index + " of length "
                    + items.items().size() + " in keypath " + text + "): index out of range");
        }
        return items.items().get((int) place);
    }

    private TaskFailure notFound(int index) {
        return new TaskFailure(
                "key " + segments.get(index) + " (segment " + index + " in keypath " + text + "): keypath not found");
    }

    private TaskFailure notContainer(int index, String type) {
        return new TaskFailure(
                "value at key '" + segments.get(index) + "' is a " + type + ", not a map or slice: keypath not found");
    }
}
