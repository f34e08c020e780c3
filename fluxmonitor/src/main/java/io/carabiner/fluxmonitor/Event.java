package io.carabiner.fluxmonitor;

import java.math.BigDecimal;

/** What happens to a monitor. */
sealed interface Event {

    /** What comes from outside; taken only by a monitor at rest. */
    sealed interface Signal extends Event {}

    /** A deadline of the timers may be over. */
    record TimeCame() implements Signal {}

    /**
     * A round has begun.
     *
     * @param own by this oracle
     */
    record RoundBegan(NewRound round, boolean own) implements Signal {}

    /** A round has its answer. */
    record AnswerUpdated() implements Signal {}

    /** A flag for this feed or for all was raised. */
    record FlagRaised() implements Signal {}

    /** A flag for this feed or for all was lowered. */
    record FlagLowered() implements Signal {}

    /** Answers {@link Ask.ReadRound}, {@link Ask.ReadNewest} and {@link Ask.PeekRound}. */
    record RoundRead(RoundState round, Standing standing) implements Event {}

    /** Answers {@link Ask.ReadFlags}: whether the flag of all feeds and this feed's are both raised. */
    record FlagsRead(boolean raised) implements Event {}

    /**
     * There was no answer.
     *
     * @param byChain whether the chain or its contract gave none; else the database
     */
    record Unreadable(String reason, boolean byChain) implements Event {}

    /** Answers {@link Ask.Observe}. */
    record Observed(BigDecimal answer) implements Event {}

    /** The tasks gave no number. */
    record NotObserved(String reason) implements Event {}

    /** Answers {@link Ask.Submit}: run, submission and transaction are stored together. */
    record Submitted() implements Event {}

    /** The round has a submission that was stored before. */
    record SubmittedBefore() implements Event {}

    /** Nothing was stored. */
    record NotSubmitted(String reason) implements Event {}
}
