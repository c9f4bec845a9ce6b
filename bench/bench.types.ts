import type { Cluster } from './cluster.js';

/** One thing that issue or contract asks for, beside what was measured. */
export interface Goal {
  text: string;
  measured: number;
  unit: string;
  atLeast?: number;
  atMost?: number;
}

/** What a scenario measured, ready to be printed. */
export interface Section {
  title: string;
  columns: string[];
  rows: (string | number)[][];
  /** How it was measured, and what to think of when reading it. */
  notes: string[];
  goals: Goal[];
}

/** What every scenario is given. */
export interface Bench {
  cluster: Cluster;
  /** Short rounds and a small "million": for a look, not for the record. */
  quick: boolean;
  /** One line for whoever is watching. */
  progress: (line: string) => void;
}

export interface Scenario {
  name: string;
  summary: string;
  /** Left out of `--quick` unless asked for by name. */
  fullOnly?: boolean;
  run: (bench: Bench) => Promise<Section>;
}
