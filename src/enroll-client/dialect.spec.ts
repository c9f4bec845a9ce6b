import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../config/root.js';
import { DialectError, loadDialect, parseDialect } from './dialect.loader.js';

const shipped = readFileSync(join(projectRoot, 'dialects/default.yaml'), 'utf8');

/** The shipped text with one piece (that must be there) replaced, and the line where the replacement stands. */
function altered(piece: string, by: string): { text: string; line: number } {
  expect(shipped.split(piece)).toHaveLength(2);
  return {
    text: shipped.replace(piece, by),
    line: shipped.slice(0, shipped.indexOf(piece)).split('\n').length,
  };
}

function faultsOf(text: string): string[] {
  try {
    parseDialect(text, 'acme.yaml');
  } catch (error) {
    if (error instanceof DialectError) return error.faults;
    throw error;
  }
  return [];
}

/** The YAML examples of docs/enroll-api.md, parsed. */
function documented(): unknown[] {
  const page = readFileSync(join(projectRoot, 'docs/enroll-api.md'), 'utf8');
  return [...page.matchAll(/```yaml\n([^]*?)```/g)].map((match) => parse(match[1] ?? '') as unknown);
}

describe('a dialect file', () => {
  it('is shipped, loads without a setting and says that it is unverified', () => {
    const dialect = loadDialect();
    expect(dialect.title).toBe('default (unverified)');
    expect(dialect.file).toBe('dialects/default.yaml');
    expect(dialect.spec.token.header).toBe('Authorization');
  });

  it('may differ from the shipped one in everything, as the example does', () => {
    const { spec } = loadDialect(join(projectRoot, 'dialects/alternative.example.yaml'));
    expect(spec.calls.applicantsByDate.paging).toEqual({
      style: 'offset',
      first: 1,
      size: 200,
      shortPageEnds: true,
    });
    expect(spec.applicant.fields.firstName).toBe('first_name');
    expect(spec.dates).toEqual({ format: 'epochMilliseconds', zone: 'UTC' });
  });

  it('is shown in the docs as it is shipped', () => {
    const files = ['default', 'alternative.example'].map(
      (name) => parse(readFileSync(join(projectRoot, `dialects/${name}.yaml`), 'utf8')) as object,
    );
    const examples = documented();
    expect(examples).toHaveLength(2);
    for (const [at, example] of examples.entries()) expect(files[at]).toMatchObject(example as object);
  });

  it('with a typo is refused in one message that names the file, the line, the key and the known keys', () => {
    const { text, line } = altered('sliceHours: 24', 'slice_hours: 24');
    expect(() => parseDialect(text, 'acme.yaml')).toThrow(
      `acme.yaml is not a usable dialect:\n  line ${line}, calls.applicantsByDate.slice_hours: unknown key; known here: method, path,`,
    );
    expect(faultsOf(text)[0]).toMatch(/known here: .*, sliceHours$/);
  });

  it('with several faults names them all, in the order of its lines', () => {
    const first = altered('name: default', 'nane: default').text;
    const text = first
      .replace('path: imagePath', 'pfad: imagePath')
      .replace('chunk: 20\n', 'chunk: many\n')
      .replace('Africa/Cairo', 'Africa/Kairo');
    const faults = faultsOf(text);
    expect(faults.map((fault) => /^line \d+, (\S+):/.exec(fault)?.[1])).toEqual([
      'name',
      'nane',
      'dates.zone',
      'calls.images.answer.pfad',
      'calls.images.chunk',
    ]);
    expect(faults[2]).toMatch(/IANA time zone such as Africa\/Cairo/);
  });

  it.each([
    [
      "imagePath: '{{imagePath}}'",
      "imagePath: '{{imagePth}}'",
      /calls\.image\.body\.imagePath: unknown placeholder \{\{imagePth\}\}; known here: imagePath/,
    ],
    [
      "query: { requestId: '{{requestId}}' }",
      "query: { requestId: '1' }",
      /calls\.applicantIdByRequestId: must use \{\{requestId\}\}/,
    ],
    [
      'path: /Integration/api/v1/Images/GetImages',
      "path: 'https://elsewhere/images'",
      /calls\.images\.path: must begin with \//,
    ],
    [
      'path: /Integration/api/v1/Images/GetImages',
      'path: /a/../b',
      /calls\.images\.path: must not hold \.\./,
    ],
    [
      'total: totalCount',
      'total: total count',
      /calls\.applicantsByDate\.answer\.total: must be a dotted path/,
    ],
    ['format: yyyy-MM-ddTHH:mm:ss', 'format: rfc822', /dates\.format: must be epochSeconds/],
    ['dialect: 1', 'dialect: 2', /line \d+, dialect: /],
    [
      'at: createdDate, format: iso',
      'at: createdDate, format: iso, zone: Cairo',
      /applicant\.enrolledAt\.zone: must be an IANA time zone such as Africa\/Cairo/,
    ],
    ['fields: {}', 'fields: { firstNam: first_name }', /applicant\.fields\.firstNam: unknown key/],
  ])('with %j written as %j is refused', (piece, by, message) => {
    const { text, line } = altered(piece, by);
    const faults = faultsOf(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(message);
    expect(Number(/^line (\d+)/.exec(faults[0] ?? '')?.[1])).toBeGreaterThanOrEqual(line - 4);
    expect(Number(/^line (\d+)/.exec(faults[0] ?? '')?.[1])).toBeLessThanOrEqual(line);
  });

  it('that is not YAML is refused with the line of the fault', () => {
    const { text, line } = altered('name: default', 'name: [default');
    expect(faultsOf(text)[0]).toMatch(new RegExp(`^line (${line}|${line + 1}): `));
    expect(faultsOf('dialect: 1\ndialect: 1\n')[0]).toMatch(/^line 2: Map keys must be unique/);
    expect(faultsOf('')[0]).toMatch(/^line 1, the file: /);
  });

  it('that cannot be read or is far too large is refused by name', () => {
    expect(() => loadDialect('/no/such/acme.yaml')).toThrow(
      /acme\.yaml .*\n {2}cannot be read \(ENOENT\): check ENROLL_DIALECT/,
    );
    const large = join(mkdtempSync(join(tmpdir(), 'dialect-')), 'large.yaml');
    writeFileSync(large, '#'.repeat(300_000));
    expect(() => loadDialect(large)).toThrow(/is larger than 262144 bytes/);
  });
});
