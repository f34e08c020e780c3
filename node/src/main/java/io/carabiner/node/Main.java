package io.carabiner.node;

/** The program. */
public final class Main {

    private Main() {}

    /** Runs what was typed. */
    public static void main(String[] args) {
        System.out.println("carabiner");
    }
}
