import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CALLS } from '../../src/cli/api-nouns.js';
import { CliContext } from '../../src/cli/context.js';
import { wholeProgram } from '../../src/cli/program.js';
import { projectRoot } from '../../src/config/root.js';
import type { Said } from './asking.js';
import { type Demo, startDemo } from './demo.js';
import { Bindings, type Happening, type Step, stepsOf } from './guide.js';

jest.setTimeout(300_000);

const GUIDE = readFileSync(join(projectRoot, 'docs/operators-guide.md'), 'utf8');
const [, GUIDE_DAY = ''] = /of (\d{4}-\d\d-\d\d)/.exec(GUIDE) ?? [];
const COLUMNS = 120;
const LONGEST_MS = 30_000;

const steps = stepsOf(GUIDE);
const commands = steps.filter((step): step is Step => 'args' in step);

/** A request of the guide: its method, its path with the query, and the scopes that the guide names. */
const REQUEST = /`(GET|POST|PATCH|DELETE) (\/api\/v1\/[^`\s]+)`(?: \(((?:`[\w:-]+`(?:, )?)+)\))?/g;
const requests = [...GUIDE.matchAll(REQUEST)].map(([, method = '', path = '', scopes = '']) => ({
  method,
  path,
  scopes: [...scopes.matchAll(/`([\w:-]+)`/g)].map(([, scope]) => scope),
}));

interface OpenApi {
  paths: Record<string, Record<string, { 'x-required-scope'?: string[] } | undefined>>;
}
const { paths } = JSON.parse(readFileSync(join(projectRoot, 'openapi.json'), 'utf8')) as OpenApi;

/** What the guide says that happens between two commands. */
const HAPPENINGS: Record<string, (demo: Demo) => Promise<void>> = {
  'the CRM is mended': (demo) => demo.mendCrm(),
};

/** A verb that only looks may be asked again until what it waits for has come. */
const LOOKS =
  /^(status|probes|refusals|changes|statement)$|^\w+ (list|show|find|history|timeline|images|status|deliveries|attempts|callbacks|verify)$/;

function isRemote({ args: [noun = '', verb = ''] }: Step): boolean {
  return (CALLS[noun] ?? []).some((call) => ['', verb].includes(call.verb.split(' ')[0] ?? ''));
}

const looks = ({ args: [noun = '', verb = ''] }: Step) => LOOKS.test(noun) || LOOKS.test(`${noun} ${verb}`);

describe.each(['from another machine', 'beside the server'])('docs/operators-guide.md, %s', (place) => {
  let demo: Demo;
  const bindings = new Bindings();
  beforeAll(async () => {
    Object.defineProperty(process.stdout, 'columns', { value: COLUMNS, configurable: true });
    demo = await startDemo();
  });
  afterAll(async () => {
    await demo.stop();
    Object.defineProperty(process.stdout, 'columns', { value: undefined, configurable: true });
  });

  const ask = ({ args, input }: Step, there: boolean): Promise<Said> => {
    const now = args.flatMap((arg) => demo.place(bindings.here(arg, GUIDE_DAY)));
    return there ? demo.operator.there(now, input) : demo.operator.here(now, input);
  };

  /** A command that only looks is asked until it shows what the guide shows. */
  async function outcome(step: Step, there: boolean): Promise<object> {
    const untilMs = Date.now() + (looks(step) ? LONGEST_MS : 0);
    for (let turn = 0; ; turn += 1) {
      // beside the server a table may have more columns than a terminal has room for
      const columns = turn % 2 === 0 ? COLUMNS : undefined;
      Object.defineProperty(process.stdout, 'columns', { value: columns, configurable: true });
      const said = await ask(step, there);
      const printed = `${said.out}\n${said.notes}`.replaceAll(`${demo.folder}/`, '');
      const missing = bindings.missing(step.lines, printed);
      const isRight = said.code === step.code && missing === undefined;
      if (isRight || Date.now() > untilMs) return { code: said.code, missing, ...(!isRight && { said }) };
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  test.each(
    steps.map((step): [string, string, Step | Happening] => [
      step.question,
      'typed' in step ? step.typed : step.happens,
      step,
    ]),
  )('%s: %s', async (_question, _typed, step) => {
    if ('happens' in step) return HAPPENINGS[step.happens]?.(demo);
    const there = place === 'from another machine';
    if (there && !isRemote(step)) expect(await ask(step, true)).toMatchObject({ code: 2 });
    expect(await outcome(step, there && isRemote(step))).toEqual({ code: step.code, missing: undefined });
  });

  test('every GET of the guide is answered', async () => {
    for (const { path } of requests.filter(({ method }) => method === 'GET')) {
      const { status } = await demo.rollcall.api(bindings.here(path, GUIDE_DAY));
      expect([path, status]).toEqual([path, 200]);
    }
  });
});

test('the script misses a line that was not printed, an id that is another one, and a command that it cannot read', () => {
  const [one, two] = ['019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1', '019aafb2-4c00-7d1f-9a55-3c1c52f0a9d2'];
  const bindings = new Bindings();
  expect(bindings.missing(['id  state', `${one}  open`], `id kind state\n${two} x open`)).toBeUndefined();
  expect(bindings.here(`show ${one} 2026-11-30`, '2026-11-30')).toMatch(`show ${two} `);
  expect(bindings.missing([`${one}  open`], `${one}  open`)).toBe(`${one}  open`);
  expect(bindings.missing(['state  open'], 'state  closed')).toBe('state  open');
  expect(bindings.missing(['b', 'a'], 'a\nb')).toBe('a');
  expect(() => stepsOf('## Question\n```console\n$ psql\n```\n')).toThrow('does not know this command');
});

describe('docs/operators-guide.md', () => {
  test('it has ten questions, each with a command and a request', () => {
    const sections = GUIDE.split(/^## /m)
      .slice(1)
      .filter((section) => /^\d+\. /.test(section));
    expect(sections).toHaveLength(10);
    for (const section of sections) {
      expect(section).toMatch(/^\$ .*rollcall /m);
      expect(section).toMatch(/`(GET|POST) \/api\/v1\//);
    }
    expect(commands.length).toBeGreaterThan(25);
  });

  test('what happens in it is known to the script, and nothing else is to be typed', () => {
    const happenings = steps.filter((step): step is Happening => 'happens' in step);
    expect(happenings.filter(({ happens }) => HAPPENINGS[happens] === undefined)).toEqual([]);
    const fences = [...GUIDE.matchAll(/^```(\w*)$/gm)].map(([, name]) => name).filter(Boolean);
    expect([...new Set(fences)]).toEqual(['console']);
  });

  test('every command that its text names is there', async () => {
    const program = await wholeProgram(new CliContext());
    const named = [...GUIDE.matchAll(/`rollcall ([a-z][\w-]*)(?: ([a-z][\w-]*))?[^`]*`/g)];
    expect(named.length).toBeGreaterThan(10);
    const unknown = named.filter(([, noun, verb]) => {
      const found = program.commands.find((one) => one.name() === noun);
      const isVerb = found?.commands.some((one) => one.name() === verb);
      return found === undefined || (verb !== undefined && found.commands.length > 0 && isVerb !== true);
    });
    expect(unknown.map(([command]) => command)).toEqual([]);
  });

  test('every request that it names is an operation, with the scopes that it names', () => {
    expect(requests.length).toBeGreaterThanOrEqual(10);
    for (const { method, path, scopes } of requests) {
      const [bare = ''] = path.split('?');
      const [, operations] = Object.entries(paths).find(([pattern]) => patternOf(pattern).test(bare)) ?? [];
      const needed = operations?.[method.toLowerCase()]?.['x-required-scope'];
      expect([method, path, needed === undefined]).toEqual([method, path, false]);
      expect([path, needed]).toEqual([path, expect.arrayContaining(scopes)]);
    }
  });
});

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}
