import { fillBody, fillPath, fillQuery, placeholdersOf } from './template.js';

describe('a request template', () => {
  it('keeps the type of a value whose placeholder stands alone', () => {
    const template = {
      n: '{{page}}',
      ids: '{{ids}}',
      text: 'p-{{page}}',
      fixed: 7,
      nested: [{ id: '{{one}}' }],
    };
    expect(fillBody(template, { page: 2, ids: ['a', 'b'], one: '1' })).toEqual({
      n: 2,
      ids: ['a', 'b'],
      text: 'p-2',
      fixed: 7,
      nested: [{ id: '1' }],
    });
  });

  it('drops what has no value, wherever it stands', () => {
    expect(fillBody({ a: '{{x}}', b: { c: '{{x}}' }, d: ['{{x}}', 1], e: null }, {})).toEqual({
      b: {},
      d: [1],
      e: null,
    });
    expect(fillQuery({ a: '{{x}}', b: '1' }, {}, 'repeat').toString()).toBe('b=1');
  });

  it('writes a list into a query joined by commas or as a repeated key', () => {
    const values = { ids: ['a&b', 'ج'] };
    expect(fillQuery({ ids: '{{ids}}' }, values, 'comma').toString()).toBe('ids=a%26b%2C%D8%AC');
    expect(fillQuery({ ids: '{{ids}}' }, values, 'repeat').toString()).toBe('ids=a%26b&ids=%D8%AC');
  });

  it('writes a value into a path as one segment that cannot climb', () => {
    expect(fillPath('/v2/requests/{{id}}/x', { id: '../a/b?c#d' })).toBe('/v2/requests/..%2Fa%2Fb%3Fc%23d/x');
  });

  it('never fills a value a second time', () => {
    expect(fillBody({ a: 'x{{one}}' }, { one: '{{two}}', two: 'secret' })).toEqual({ a: 'x{{two}}' });
  });

  it('names every placeholder with its place', () => {
    expect(placeholdersOf({ path: '/a/{{ one }}', body: { list: ['{{two}}'] }, query: undefined })).toEqual([
      { name: 'one', at: ['path'] },
      { name: 'two', at: ['body', 'list', 0] },
    ]);
  });
});
