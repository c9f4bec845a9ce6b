import { cpus, totalmem } from 'node:os';
import type { Goal, Section } from './bench.types.js';
import { shown } from './figures.js';

/** Where and when was measured. */
export interface Machine {
  date: string;
  cpu: string;
  cores: number;
  memoryGiB: number;
  node: string;
  postgres: string;
}

export interface Report {
  machine: Machine;
  quick: boolean;
  sections: Section[];
}

export function machineOf(postgres: string): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    postgres,
  };
}

/** Whether a goal is met; what could not be measured is not. */
export function isMet({ measured, atLeast = -Infinity, atMost = Infinity }: Goal): boolean {
  return measured >= atLeast && measured <= atMost;
}

/** The report as `docs/performance.md` shows it. */
export function markdownOf({ machine, quick, sections }: Report): string {
  const { date, cpu, cores, memoryGiB, node, postgres } = machine;
  const goals = sections.flatMap((section) => section.goals);
  return [
    `Measured ${date}${quick ? ' with `--quick`: a look, not a record' : ''}. ${cores} cores (${cpu}), ${memoryGiB} GiB, ` +
      `Node ${node}, ${postgres}. Client, server and database share the cores.`,
    ...(goals.length > 0 ? ['## Goals', table(GOAL_COLUMNS, goals.map(goalRow))] : []),
    ...sections.flatMap(({ title, columns, rows, notes }) => [`## ${title}`, table(columns, rows), ...notes]),
    '',
  ].join('\n\n');
}

const GOAL_COLUMNS = ['goal', 'wanted', 'measured', 'met'];

function goalRow(goal: Goal): (string | number)[] {
  const { text, measured, unit, atLeast, atMost } = goal;
  const wanted = atLeast !== undefined ? `≥ ${shown(atLeast)}` : `≤ ${shown(atMost ?? Number.NaN)}`;
  return [
    text,
    `${wanted} ${unit}`.trim(),
    `${shown(measured)} ${unit}`.trim(),
    isMet(goal) ? 'yes' : '**no**',
  ];
}

function table(columns: string[], rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}
