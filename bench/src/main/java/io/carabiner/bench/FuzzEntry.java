package io.carabiner.bench;

/** Where Jazzer comes in: feeds the target that the system property {@value #TARGET} names. */
public final class FuzzEntry {

    /** The system property that names the target. */
    static final String TARGET = "carabiner.fuzz.target";

    private static final FuzzTarget CHOSEN = FuzzTarget.valueOf(System.getProperty(TARGET, "DOT"));

    private FuzzEntry() {}

    /** Called by Jazzer for each input it makes up. */
    public static void fuzzerTestOneInput(byte[] input) {
        CHOSEN.feed(input);
    }
}
