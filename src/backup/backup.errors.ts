export type BackupErrorCode =
  | 'BACKUP_INCOMPLETE'
  | 'BACKUP_DAMAGED'
  | 'BACKUP_SIGNATURE'
  | 'BACKUP_NEWER'
  | 'DATABASE_NOT_EMPTY'
  | 'DATABASE_IN_USE'
  | 'RESTORE_OF_ANOTHER';

/** A backup that cannot be trusted, or a database that it may not go into. The codes are in docs/backup.md. */
export class BackupError extends Error {
  constructor(
    readonly code: BackupErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
