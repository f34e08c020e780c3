package io.carabiner.pipeline;

/**
 * One thing wrong in the text of a task graph.
 *
 * @param line from 1, counted in the text given to {@link Pipeline#parse}; 0 if the fault has no single place
 * @param column from 1, in characters; 0 if the fault has no single place
 * @param message the Go node's text where it knows this fault
 */
public record PipelineFault(int line, int column, String message) {

    /** The message, with its place behind it where there is one. */
    @Override
    public String toString() {
        return line == 0 ? message : message + " (line " + line + ", column " + column + ")";
    }
}
