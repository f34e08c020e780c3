/**
 * Whole lives of a node, from a seed, in virtual time and on one thread: the real decisions of {@code evm}, {@code txm}
 * and {@code jobs} between a chain that reorganises, endpoints that lie, a database that loses answers, and deaths.
 *
 * <p>It owns the simulated world and the checker, which looks at the chain and at the rows and at nothing else. It
 * must not know how a decision is made. The few classes in the packages of other
 * rooms only open their doors.
 */
@NullMarked
package io.carabiner.simulation;

import org.jspecify.annotations.NullMarked;
