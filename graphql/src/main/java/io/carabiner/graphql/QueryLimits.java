package io.carabiner.graphql;

/**
 * What a document may cost.
 *
 * @param depth how many fields deep; as the Go node's
 * @param fields how many fields, those of fragments counted at each place that names them
 * @param aliases how many fields with a name of their own, counted in the same way
 * @param tokens how many words and signs the text has
 * @param objects how many objects an answer has
 */
public record QueryLimits(int depth, int fields, int aliases, int tokens, int objects) {

    /** The Go node's depth. */
    public static final int DEPTH = 10;

    /** About ten times what the official interface asks at most. */
    public static final int FIELDS = 3_000;

    /** The official interface has none. */
    public static final int ALIASES = 30;

    /** A document of 32 kB has about 8,000. */
    public static final int TOKENS = 15_000;

    /** A thousand runs with a hundred tasks each. */
    public static final int OBJECTS = 100_000;

    /** As the constants say. */
    public static QueryLimits standard() {
        return new QueryLimits(DEPTH, FIELDS, ALIASES, TOKENS, OBJECTS);
    }
}
