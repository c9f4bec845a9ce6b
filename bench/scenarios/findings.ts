import type { Goal } from '../bench.types.js';

/** A part of a section. */
export interface Findings {
  rows: [what: string, measured: string][];
  goals: Goal[];
}

export function join(parts: readonly Findings[]): Findings {
  return { rows: parts.flatMap(({ rows }) => rows), goals: parts.flatMap(({ goals }) => goals) };
}
