import type { ReactNode } from 'react';
import './fact-list.css';

/** What a fact is called, and what it is; undefined where there is no such fact. */
export type Fact = readonly [label: string, value: ReactNode] | undefined;

/** Facts about one thing, one a line. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="fact-list">
      {facts.map((fact) =>
        fact === undefined ? null : (
          <div key={fact[0]}>
            <dt>{fact[0]}</dt>
            <dd>{fact[1]}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
