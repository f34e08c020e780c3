package io.carabiner.pipeline;

import java.util.List;
import java.util.Map;

/**
 * One task of a graph, as written.
 *
 * @param id the place in topological order, from 0
 * @param dotId the name, unique in the graph
 * @param type the task type, lower case
 * @param index the place among the results, −1 if unset
 * @param line where the task is first named, from 1
 * @param column where the task is first named, from 1
 * @param attributes as written, after unquoting
 * @param inputs ids of the tasks whose results this one is given, by explicit edges
 * @param dependencies ids of all tasks that must have ended before, by explicit edges or by {@code $(name)}
 */
public record PipelineTask(
        int id,
        String dotId,
        String type,
        int index,
        int line,
        int column,
        Map<String, String> attributes,
        List<Integer> inputs,
        List<Integer> dependencies) {

    /** The text of an attribute, whose name counts in any case; empty if it is missing. */
    public String attribute(String name) {
        return new Attributes(attributes).text(name);
    }
}
