package io.carabiner.testkit;

/** What a tap does with the message its observer has just seen. */
public enum TapVerdict {
    /** Passes it on. */
    FORWARD,
    /** Swallows it and closes both connections, as if the cable had been cut at this very point. */
    CUT
}
