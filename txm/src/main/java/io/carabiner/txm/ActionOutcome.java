package io.carabiner.txm;

/** What became of an {@link OperatorAction}. */
public sealed interface ActionOutcome {

    /** One sentence for who asked. */
    String text();

    /** It is stored, and reaches the network next. */
    record Done(String text) implements ActionOutcome {}

    /** Nothing was changed. */
    record NotPossible(String text) implements ActionOutcome {}
}
