import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, type ValidationError } from 'class-validator';
import { Problem } from './problem.js';

const STRICT = {
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  // its class says which names are known; its values go no further than this file
  validationError: { target: true, value: false },
} as const;
const UNKNOWN = 'whitelistValidation';

/** Reads a query string into its DTO. An unknown name is UNKNOWN_FILTER, and told which names are known. */
export const VALID_QUERY = new ValidationPipe({
  ...STRICT,
  exceptionFactory: (errors) => {
    const unknown = errors.filter((error) => error.constraints?.[UNKNOWN] !== undefined);
    if (unknown.length === 0) return new Problem('BAD_REQUEST', messagesOf(errors).join('; '));
    const names = unknown.map((error) => error.property).join(', ');
    return new Problem('UNKNOWN_FILTER', `unknown: ${names}; known: ${knownBeside(unknown[0]!)}`);
  },
});

/** Nest's own pipe accepts a missing body and the entries of a list. */
class BodyPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Problem('BAD_REQUEST', 'the body must be a JSON object');
    }
    return (super.transform(value, metadata) as Promise<unknown>).catch((error: unknown) => {
      // class-transformer recurses into the value without a limit
      throw error instanceof RangeError ? new Problem('TOO_DEEP', undefined, { cause: error }) : error;
    });
  }
}

/** Reads a JSON body into its DTO. Unknown keys are refused. */
export const VALID_BODY = new BodyPipe({
  ...STRICT,
  exceptionFactory: (errors) => new Problem('BAD_REQUEST', messagesOf(errors).join('; ')),
});

/** class-validator's messages name properties and limits, never values. */
function messagesOf(errors: ValidationError[]): string[] {
  return errors.flatMap((error) => [
    ...Object.entries(error.constraints ?? {}).map(([constraint, message]) =>
      constraint === UNKNOWN ? `${message}; known: ${knownBeside(error)}` : message,
    ),
    ...messagesOf(error.children ?? []),
  ]);
}

/** The names that the DTO has in place of the unknown one. */
function knownBeside({ target }: ValidationError): string {
  const dto = target?.constructor ?? Object;
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  const names = new Set(rules.map(({ propertyName }) => propertyName));
  return names.size === 0 ? 'none' : [...names].sort().join(', ');
}
