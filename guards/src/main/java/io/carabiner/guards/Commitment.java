package io.carabiner.guards;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;

/**
 * What a transaction may cost, counted for these spenders on this day.
 *
 * @param day in UTC
 */
record Commitment(long id, LocalDate day, List<Spender> spenders, BigInteger wei) {}
