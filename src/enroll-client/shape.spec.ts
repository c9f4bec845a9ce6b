import { placesOf, shapeOf } from './shape.js';

describe('the shape of an answer', () => {
  it('names keys and kinds, never a value', () => {
    expect(
      shapeOf({
        applicants: [{ applicantId: 'a', status: 4, ok: true, none: null, list: [] }, {}],
        total: 2,
      }),
    ).toBe(
      '{applicants: [{applicantId: text, status: number, ok: boolean, none: null, list: []}] × 2, total: number}',
    );
  });

  it('hides keys that may be data', () => {
    expect(shapeOf({ '29703012357788': 1, 'id/front.jpg': 'x', منى: 'y' })).toBe('{…: number, …: text}');
  });

  it('ends where it gets deep or wide', () => {
    expect(shapeOf({ a: { b: { c: { d: { e: { f: 1 } } } } } })).toBe('{a: {b: {c: {d: {e: …}}}}}');
    const wide = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`k${at}`, 1]));
    expect(shapeOf(wide).split(',')).toHaveLength(40);
  });

  it('finds the places of lists', () => {
    expect(placesOf({ data: { items: [], x: 1 }, list: [{ inner: [] }] }, Array.isArray)).toEqual([
      'data.items',
      'list',
    ]);
    expect(placesOf([], Array.isArray)).toEqual(['$']);
  });
});
