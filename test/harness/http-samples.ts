/** One request of an `.http` file, its `{{…}}` not yet filled in. */
export interface Sample {
  title: string;
  /** By which later requests refer to its answer. */
  name?: string;
  expectedStatus: number;
  /** Asked again until it answers so: what it shows is made by a job. */
  eventually: boolean;
  method: string;
  url: string;
  headers: [string, string][];
  body: string;
}

export interface SampleFile {
  variables: Record<string, string>;
  samples: Sample[];
}

/**
 * The part of the format that VS Code and JetBrains share, and references to answers as VS Code's REST Client has them:
 *
 *     @host = http://localhost:3000
 *     ### Title
 *     # @name token
 *     # expect 200            or `# expect 200 eventually`; a comment to the editors
 *     POST {{host}}/oauth/token
 *     Content-Type: …
 *
 *     body, also with {{token.response.body.access_token}}
 *
 * @throws where a request says no status that is expected
 */
export function parseSamples(text: string): SampleFile {
  const [head = '', ...rest] = text.split(/^###/m);
  const variables = [...head.matchAll(/^@(\w+) *= *(.*?) *$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  return {
    variables: Object.fromEntries(variables) as Record<string, string>,
    samples: rest.map(parseSample),
  };
}

function parseSample(text: string): Sample {
  const [title = '', ...lines] = text.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
  const comments = lines.slice(0, first).join('\n');
  const [, method = 'GET', url = ''] = /^([A-Z]+) (\S+)$/.exec(lines[first] ?? '') ?? [];
  const expected = /^# expect (\d{3})( eventually)?$/m.exec(comments);
  if (expected === null || url === '') throw new Error(`no request with an expected status:${title}`);
  const blank = lines.indexOf('', first);
  const headerLines = lines.slice(first + 1, blank === -1 ? undefined : blank);
  const name = /^# @name (\w+)$/m.exec(comments)?.[1];
  return {
    title: title.trim(),
    ...(name && { name }),
    expectedStatus: Number(expected[1]),
    eventually: expected[2] !== undefined,
    method,
    url,
    headers: headerLines.map((line) => [
      line.slice(0, line.indexOf(':')),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
    body:
      blank === -1
        ? ''
        : lines
            .slice(blank + 1)
            .join('\n')
            .trim(),
  };
}

/** Sends the requests of a file one after the other, as a person would in the editor. */
export class SampleSession {
  private readonly answers = new Map<string, unknown>();

  constructor(private readonly variables: Record<string, string>) {}

  async send(sample: Sample): Promise<{ status: number; text: string }> {
    const response = await fetch(this.filledIn(sample.url), {
      method: sample.method,
      headers: sample.headers.map(([name, value]): [string, string] => [name, this.filledIn(value)]),
      ...(sample.body !== '' && { body: this.filledIn(sample.body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    if (sample.name !== undefined && isJson) this.answers.set(sample.name, JSON.parse(text));
    return { status: response.status, text };
  }

  private filledIn(text: string): string {
    return text.replace(/\{\{(.+?)\}\}/g, (_, reference: string) => {
      const [, name = '', path = ''] = /^(\w+)\.response\.body\.(.+)$/.exec(reference) ?? [];
      const value = name === '' ? this.variables[reference] : valueAt(this.answers.get(name), path);
      if (value === undefined) throw new Error(`nothing is known of {{${reference}}}`);
      return this.filledIn(value);
    });
  }
}

/** `items[0].id` */
function valueAt(body: unknown, path: string): string | undefined {
  let value = body;
  for (const step of path.match(/\w+/g) ?? []) value = (value as Record<string, unknown> | undefined)?.[step];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
