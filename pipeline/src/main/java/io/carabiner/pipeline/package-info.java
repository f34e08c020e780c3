/**
 * The task graph of a job: the DOT dialect, the variables, the scheduler and the tasks.
 *
 * <p>It owns the bridges and their table. It must not know job types, nor store runs: both belong to the room above.
 */
@NullMarked
package io.carabiner.pipeline;

import org.jspecify.annotations.NullMarked;
