package io.carabiner.txm;

/** Where the owners of keys keep their rows, for a simulated world to stand in between. */
public interface SimulatedStore extends TransactionStore {}
