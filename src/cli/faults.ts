/** A failure with a stable code, which `--json` prints. */
export class CommandError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The command was called wrongly: exit code 2 instead of 1. */
export class UsageError extends Error {
  readonly code = 'USAGE';
}

/** Some of what was asked is done and some is not: exit code 3 instead of 1. */
export class PartlyError extends CommandError {}
