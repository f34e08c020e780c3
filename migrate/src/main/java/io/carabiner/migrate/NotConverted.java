package io.carabiner.migrate;

/**
 * Something of a version 1 file that no spec of today says, or says with another meaning.
 *
 * @param path where it stands: {@code $.tasks[2].params.times}
 * @param reason one sentence for the operator
 */
public record NotConverted(String path, String reason) {}
