import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { z } from 'zod';

type Shape = Record<string, z.ZodDefault>;

/** One flag per setting of a schema: `updateShare` becomes `--update-share <number>`, a boolean one takes no value. */
export function addFlags(command: Command, shape: Shape): void {
  for (const [key, schema] of Object.entries(shape)) {
    const flag = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const byDefault = schema.parse(undefined);
    if (typeof byDefault === 'boolean') command.option(flag, schema.description);
    else command.option(`${flag} <number>`, `${schema.description} (${String(byDefault)})`, readNumber);
  }
}

/** The settings of a schema that were given as flags. */
export function pickFlags(options: Record<string, unknown>, shape: Shape): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(shape)
      .filter((key) => options[key] !== undefined)
      .map((key) => [key, options[key]]),
  );
}

export function readNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('give a number.');
  return value;
}
