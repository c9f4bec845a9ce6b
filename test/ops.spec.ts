import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { projectRoot } from '../src/config/root.js';
import { anApplicant } from './factories/applicant.js';
import { eventually } from './harness/processes.js';
import { type Reconciled, startReconciled } from './reconciliation/reconciled.js';
import { Receiver } from './webhooks/receiver.js';

jest.setTimeout(60_000);

interface Dashboard {
  panels: {
    id: number;
    title: string;
    gridPos: { x: number; y: number; w: number; h: number };
    targets: { expr: string; legendFormat: string }[];
  }[];
}
interface Rules {
  groups: {
    rules: {
      alert: string;
      expr: string;
      labels: { severity: string };
      annotations: { summary: string; description: string };
    }[];
  }[];
}

const RULES = join(projectRoot, 'ops/prometheus/rules.yml');
const dashboard = JSON.parse(
  readFileSync(join(projectRoot, 'ops/grafana/rollcall.json'), 'utf8'),
) as Dashboard;
const rules = (parse(readFileSync(RULES, 'utf8')) as Rules).groups.flatMap((group) => group.rules);

/** Every expression with what names it in a failure. */
const EXPRESSIONS: [what: string, expression: string][] = [
  ...dashboard.panels.flatMap(({ title, targets }) =>
    // Grafana puts a length of time in its place
    targets.map(({ expr }): [string, string] => [title, expr.replaceAll('$__rate_interval', '5m')]),
  ),
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
];

/** What Prometheus adds by itself to every series, and the series that it makes itself. */
const ADDED_LABELS = ['job', 'instance'];
const ADDED_NAMES = ['up'];

/** The names and labels of PromQL, by the grammar of Prometheus itself. @throws where it is no PromQL */
function usedBy(expression: string): { names: string[]; labels: string[] } {
  const names: string[] = [];
  const labels: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ type, from, to }) => {
      const text = expression.slice(from, to);
      if (type.isError) throw new Error(`no PromQL at ${from}: ${expression}`);
      if (type.name === 'Identifier') names.push(text);
      if (type.name === 'LabelName') labels.push(text);
    },
  });
  return { names, labels };
}

let rollcall: Reconciled;
let receiver: Receiver;
/** Labels by the name of the series, as one scrape shows them. */
let exposed: Map<string, Set<string>>;

beforeAll(async () => {
  rollcall = await startReconciled({}, { ROLLCALL_WEBHOOK_ALLOW_CIDR: '127.0.0.0/8' });
  const { rollcall: server, ask } = rollcall;
  receiver = new Receiver();
  const url = `http://127.0.0.1:${await receiver.start()}`;
  await ask('/api/v1/endpoints', {
    method: 'POST',
    body: JSON.stringify({ name: 'crm', kind: 'http', url }),
  });
  // a little of everything, since a counter has its labels once it has counted
  await server.callback('success', [anApplicant(), 'nobody']);
  await server.callback('fail', 'no json');
  await fetch(`${server.url}/callbacks/success`, { method: 'POST', headers: { 'callback-test': '1' } });
  await ask('/api/v1/enroll/applicants?requestId=1');
  exposed = await eventually(async () => {
    const now = await scrape(server.url);
    return now.has('rollcall_delivery_attempts_total') ? now : undefined;
  }, 30_000);
});
afterAll(async () => {
  await rollcall.stop();
  await receiver.stop();
});

async function scrape(url: string): Promise<Map<string, Set<string>>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const found = new Map<string, Set<string>>();
  for (const [, name = '', labels = ''] of text.matchAll(/^([a-z_]\w*)(?:\{(.*)\})? \S+$/gm)) {
    const known = found.get(name) ?? new Set();
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
    found.set(name, known);
  }
  return found;
}

describe('dashboard and rules', () => {
  test.each(EXPRESSIONS)('%s asks for what the server exposes: %s', (_what, expression) => {
    const { names, labels } = usedBy(expression);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !exposed.has(name) && !ADDED_NAMES.includes(name))).toEqual([]);
    const known = new Set([...ADDED_LABELS, ...names.flatMap((name) => [...(exposed.get(name) ?? [])])]);
    expect(labels.filter((label) => !known.has(label))).toEqual([]);
  });

  test('what is no PromQL, or asks for nothing that is there, would be found out', () => {
    expect(() => usedBy('sum by (status (rate(rollcall_callbacks_total[5m]))')).toThrow('no PromQL');
    expect(usedBy('sum by (kind) (rate(a_total{status=~"5.."}[5m])) / on (x) b')).toEqual({
      names: ['a_total', 'b'],
      labels: ['kind', 'status', 'x'],
    });
    expect(exposed.get('rollcall_callbacks_total')).toEqual(new Set(['kind', 'status']));
    expect(exposed.has('rollcall_commit_seconds')).toBe(false);
  });

  test('leave no gauge and no counter of ours unseen', () => {
    const shown = EXPRESSIONS.flatMap(([, expression]) => usedBy(expression).names);
    const ours = [...exposed.keys()].filter(
      (name) => /^rollcall_/.test(name) && !/_(bucket|sum|count)$/.test(name),
    );
    expect(ours.filter((name) => !shown.includes(name))).toEqual([]);
  });
});

describe('the dashboard', () => {
  test('names its series by labels that its expressions keep', () => {
    for (const { title, targets } of dashboard.panels) {
      for (const { expr, legendFormat } of targets) {
        const { labels } = usedBy(expr.replaceAll('$__rate_interval', '5m'));
        const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
        expect([title, named.filter((label) => !labels.includes(label ?? ''))]).toEqual([title, []]);
      }
    }
  });

  test('has panels of their own places and ids', () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Set<string>();
    for (const { gridPos } of panels) {
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect([x < 24, taken.has(`${x},${y}`)]).toEqual([true, false]);
          taken.add(`${x},${y}`);
        }
      }
    }
  });
});

describe('the rules', () => {
  test('each have a name of their own, a severity, and say what is wrong and what to do', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, labels, annotations } of rules) {
      expect(alert).toMatch(/^Rollcall[A-Z][A-Za-z0-9]+$/);
      expect(labels.severity).toMatch(/^(critical|warning)$/);
      expect(annotations).toEqual({ summary: expect.any(String), description: expect.any(String) });
    }
  });

  const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
  if (hasPromtool) {
    test('pass the check of Prometheus itself', () => {
      const { status, stdout, stderr } = spawnSync('promtool', ['check', 'rules', RULES], {
        encoding: 'utf8',
      });
      expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, '']);
    });
  }
});
