package io.carabiner.backup;

import io.carabiner.primitives.FaultException;

/**
 * A backup could not be made, checked or restored.
 *
 * <p>Codes: {@code BACKUP_PROGRAM_MISSING}, {@code BACKUP_PROGRAM_TOO_OLD}, {@code BACKUP_FAILED}, {@code BACKUP_FILE},
 * {@code BACKUP_RESTORE_REFUSED}. No message holds a password.
 */
public final class BackupException extends FaultException {

    private static final long serialVersionUID = 1L;

    BackupException(String code, String message) {
        super(code, message);
    }

    BackupException(String code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
