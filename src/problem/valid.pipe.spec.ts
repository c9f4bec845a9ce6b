import type { ArgumentMetadata } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import { IsInstant, PageQuery } from './page.dto.js';
import { Problem } from './problem.js';
import { VALID_BODY, VALID_QUERY } from './valid.pipe.js';

class Query extends PageQuery {
  @IsOptional() @IsString() name?: string;
  @IsOptional() @IsInstant() from?: string;
}

const METADATA: ArgumentMetadata = { type: 'query', metatype: Query };
const read = (query: object) => VALID_QUERY.transform(query, METADATA) as Promise<Query>;
const refused = (query: object) => read(query).then(String, (error: Problem) => [error.code, error.detail]);

describe('queries of lists', () => {
  it('have 50 as their limit, and take 1 to 200', async () => {
    expect((await read({})).limit).toBe(50);
    expect((await read({ limit: '1' })).limit).toBe(1);
    expect((await read({ limit: '200' })).limit).toBe(200);
  });

  it.each(['0', '201', '-1', '1.5', 'ten', '', ' ', '1e9', ['1', '2']])(
    'M11 limit %j is refused',
    async (limit) => {
      const [code, detail] = await refused({ limit });
      expect(code).toBe('BAD_REQUEST');
      expect(detail).toContain('limit');
    },
  );

  it('M11 an unknown filter is refused by name beside the known ones, and its value is not repeated', async () => {
    expect(await refused({ nme: 'منى', limit: '0', x: '1' })).toEqual([
      'UNKNOWN_FILTER',
      'unknown: nme, x; known: cursor, from, limit, name',
    ]);
  });

  it('a filter given twice is refused without its values', async () => {
    const [code, detail] = await refused({ name: ['29703012357788', 'b'] });
    expect(code).toBe('BAD_REQUEST');
    expect(detail).toBe('name must be a string');
  });

  it.each(['2026-11-23T08:00:00Z', '2026-11-23T10:00+02:00', '2026-11-23', '2026-11-23T08:00:00.123456Z'])(
    'time %s is taken',
    async (from) => expect((await read({ from })).from).toBe(from),
  );

  it.each([
    '2026-11-23T08:00:00',
    '2026-02-30',
    '2026-13-01',
    '1700398203730',
    'yesterday',
    '2026-11-23T25:00Z',
  ])('time %s is refused', async (from) => {
    const [code, detail] = await refused({ from });
    expect([code, detail]).toEqual(['BAD_REQUEST', expect.stringContaining('from must be a time')]);
  });
});

describe('bodies', () => {
  it('are refused for unknown keys, with BAD_REQUEST', async () => {
    const answer = VALID_BODY.transform({ nme: 'x' }, { type: 'body', metatype: Query });
    await expect(answer).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      detail: 'property nme should not exist; known: cursor, from, limit, name',
    });
  });

  it.each([undefined, null, 'text', 5, []])('that are no object, as %j, are refused', (body) => {
    expect(() => VALID_BODY.transform(body, { type: 'body', metatype: Query })).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST', detail: 'the body must be a JSON object' }) as Error,
    );
  });
});
