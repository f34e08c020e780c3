/**
 * The task graph of a job: the DOT dialect, the variables, the scheduler and the tasks.
 *
 * <p>It knows tasks only; job types, runs and their storage belong to the room above. It owns no table but bridges.
 */
@NullMarked
package io.carabiner.pipeline;

import org.jspecify.annotations.NullMarked;
