/**
 * Backups of the database: made, checked and restored with PostgreSQL's own programs.
 *
 * <p>It owns the files in the backup folder. It must not know what the tables mean.
 */
@NullMarked
package io.carabiner.backup;

import org.jspecify.annotations.NullMarked;
