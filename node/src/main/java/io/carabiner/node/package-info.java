/**
 * Composes the rooms into a program: main, the start order, the stop order.
 *
 * <p>It is the only room that sees all others, and no room sees it. It must not decide anything itself:
 * what a room does is that room's.
 */
@NullMarked
package io.carabiner.node;

import org.jspecify.annotations.NullMarked;
