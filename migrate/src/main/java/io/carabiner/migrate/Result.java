package io.carabiner.migrate;

/** What a task of version 1 left for the next one, said in terms of the graph that is being written. */
sealed interface Result {

    /** No task gave anything yet. */
    record Nothing() implements Result {}

    /** The value of a variable: {@code pick}, {@code decode_cbor.amount}. */
    record Value(String variable) implements Result {}

    /** The value of a variable that is true or false. */
    record Truth(String variable) implements Result {}

    /** The answer of a bridge, whole; version 1 passed its {@code data.result} on. */
    record BridgeAnswer(String task) implements Result {}

    /** A value that version 1 had encoded already; it is encoded where it is used. */
    record Word(String abiType, String variable) implements Result {}

    /** A transaction. */
    record Sent() implements Result {}

    /** The task before was refused; what follows is read for further faults only. */
    record Unknown() implements Result {}
}
