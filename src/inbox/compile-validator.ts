import { getMetadataStorage, validateSync } from 'class-validator';

type Check = (value: unknown) => boolean;

/** class-validator's own semantics of the constraints we compile; anything else is left to class-validator. */
const COMPILED: Record<string, (...constraints: number[]) => Check> = {
  isString: () => (value) => typeof value === 'string',
  isBoolean: () => (value) => typeof value === 'boolean',
  isInt: () => (value) => Number.isInteger(value),
  isArray: () => (value) => Array.isArray(value),
  isNotEmpty: () => (value) => value !== '' && value !== null && value !== undefined,
  maxLength: (max) => (value) => typeof value === 'string' && value.length <= (max ?? 0),
};

interface Property {
  name: string;
  optional: boolean;
  checks: Check[];
}

/** A DTO's validator: the names and reasons of what is wrong, or null. */
export type Validator<T> = (value: T) => string | null;

/**
 * Compiles the class-validator decorators of a DTO to one function, since class-validator itself costs 40-70 us per
 * applicant and this 0.2 us. Sound on accept: a "no", or a constraint that is not compiled here, is always decided and
 * worded by class-validator.
 */
export function compileValidator<T extends object>(dto: new () => T): Validator<T> {
  const properties = compileProperties(dto);
  return (value) => {
    if (properties !== null && accepts(properties, value as Record<string, unknown>)) return null;
    const errors = validateSync(Object.assign(new dto(), value), { forbidUnknownValues: true });
    return errors.length === 0
      ? null
      : errors
          .flatMap((error) => Object.values(error.constraints ?? { [error.property]: error.property }))
          .join('; ');
  };
}

function accepts(properties: Property[], value: Record<string, unknown>): boolean {
  for (const { name, optional, checks } of properties) {
    const given = value[name];
    if (optional && (given === undefined || given === null)) continue;
    for (const check of checks) if (!check(given)) return false;
  }
  return true;
}

function compileProperties(dto: new () => object): Property[] | null {
  const properties = new Map<string, Property>();
  for (const metadata of getMetadataStorage().getTargetValidationMetadatas(dto, '', true, false)) {
    const property = properties.get(metadata.propertyName) ?? {
      name: metadata.propertyName,
      optional: false,
      checks: [],
    };
    properties.set(property.name, property);
    if (metadata.name === 'isOptional') {
      property.optional = true;
      continue;
    }
    const compiled = COMPILED[metadata.name ?? ''];
    if (compiled === undefined || (metadata.groups ?? []).length > 0) return null;
    const check = compiled(...((metadata.constraints ?? []) as number[]));
    property.checks.push(metadata.each ? (value) => Array.isArray(value) && value.every(check) : check);
  }
  return [...properties.values()];
}
